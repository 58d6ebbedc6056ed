import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import type { OpenApiDocument } from "../document";
import type { DocumentedOperation } from "./document-operations";

export interface Answer {
  status: number;
  contentType: string;
  text: string;
}

/** Says what the document does not allow in an answer, or null. */
export type AnswerCheck = (operation: DocumentedOperation, answer: Answer) => string | null;

/** Checks answers by the document's own schemas, read with another JSON Schema validator than the one that answers. */
export function answerCheck(document: OpenApiDocument): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  ajvFormats.default(ajv);
  ajv.addSchema(document as object, "document");
  const known = new Map<string, ValidateFunction>();
  const validator = (reference: string) => {
    const validate = known.get(reference) ?? ajv.compile({ $ref: `document${reference}` });
    known.set(reference, validate);
    return validate;
  };

  return (operation, { status, contentType, text }) => {
    const { method, path, responses } = operation;
    if (status >= 500) return `answered ${status}: ${text}`;
    const content = responses[status]?.content;
    if (!responses[status]) return `answered ${status}, which the document does not name: ${text}`;
    if (!content) return text === "" ? null : `answered ${status} with a body: ${text}`;
    const type = contentType.split(";")[0] ?? "";
    if (!(type in content)) return `answered ${status} as ${contentType || "no type"}: ${text}`;
    const where = ["paths", path, method.toLowerCase(), "responses", `${status}`, "content", type, "schema"];
    const validate = validator(`#/${where.map(pointerPart).join("/")}`);
    const value = JSON.parse(text) as { status?: number };
    if (!validate(value)) return `${status}: ${ajv.errorsText(validate.errors)} in ${text}`;
    if (status >= 400 && value.status !== status) return `says ${value.status} in the body of a ${status}`;
    return null;
  };
}

/** RFC 6901, and as the fragment of a URL. */
function pointerPart(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
