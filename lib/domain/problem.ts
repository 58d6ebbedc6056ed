/** One thing that is wrong with what was sent, and where: the shape of `errors` in the contract, section 4. */
export interface Problem {
  /** `data.meetingInfo.formValues[0].question` */
  path: string;
  /** Reads on from the path: "must be a string". */
  message: string;
}

/** Extends a path by a property or an index. Names that are no identifiers are quoted: `data["a b"]`. */
export function pathTo(parent: string, key: string | number): string {
  if (typeof key === "number") return `${parent}[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${parent}.${key}` : `${parent}[${JSON.stringify(key)}]`;
}
