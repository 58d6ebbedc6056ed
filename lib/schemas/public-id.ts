import { z } from "zod";
import { decodeId, encodeId, idPrefixes } from "@/lib/domain/ids";

export type IdNoun = keyof typeof idPrefixes;

/** An identifier as people and programs spell it (`ep_...`); parses to the UUID of the column. */
export function idIn(noun: IdNoun) {
  const prefix = idPrefixes[noun];
  return z
    .string()
    .transform((text, context) => {
      const uuid = decodeId(prefix, text);
      if (uuid !== null) return uuid;
      context.addIssue(`must be an identifier like ${prefix}_01h455vb4pex5vsknk084sn02q`);
      return z.NEVER;
    })
    .meta({ example: exampleId(noun) });
}

/** An identifier in an answer. */
export function idOut(noun: IdNoun) {
  return z.string().meta({ description: `TypeID, \`${idPrefixes[noun]}_...\``, example: exampleId(noun) });
}

function exampleId(noun: IdNoun): string {
  return encodeId(idPrefixes[noun], "018f2b6a-91a4-7c3e-8d15-2f60c7a4e9b1");
}
