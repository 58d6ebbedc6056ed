/** `evt_01k…9zq4`: keeps `head` and `tail` characters of a text that is longer than both and the sign between. */
export function shortenMiddle(text: string, head = 8, tail = 4): string {
  const characters = Array.from(text);
  if (characters.length <= head + tail + 1) return text;
  return `${characters.slice(0, head).join("")}…${characters.slice(-tail).join("")}`;
}
