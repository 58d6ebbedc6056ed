const lengthMax = 2048;

export type WebAddressCheck = { ok: true; address: string } | { ok: false; problem: string };

/**
 * An address that people open in a browser, in the spelling of the URL standard; one without a path has no slash at its
 * end. Nothing is ever fetched from it here. `problem` is the rest of a sentence that begins with the field's name, and
 * never repeats what was typed.
 */
export function checkWebAddress(text: string): WebAddressCheck {
  const typed = text.trim();
  if (typed.length > lengthMax) return refuse(`must have at most ${lengthMax} characters`);
  // The parser takes https:example.com for the same address, and drops line breaks; people do not.
  const url =
    /^https?:\/\/[^/\\]/i.test(typed) && !/[\u0000-\u0020\u007f]/.test(typed) ? URL.parse(typed) : null;
  if (!url) return refuse("must be a whole address, like https://www.example.com");
  if (url.username !== "" || url.password !== "") return refuse("must not contain a user name or password");
  const isBare = url.href === `${url.origin}/`;
  const address = isBare ? url.origin : url.href;
  return address.length > lengthMax
    ? refuse(`must have at most ${lengthMax} characters`)
    : { ok: true, address };
}

function refuse(problem: string): WebAddressCheck {
  return { ok: false, problem };
}
