import { z } from "zod";
import { type Operation, operation } from "../operation";

export const getOpenApiOperation = operation({
  id: "getOpenApi",
  method: "get",
  path: "/openapi.json",
  scope: null,
  tag: "Meta",
  summary: "Read this description",
  description: "OpenAPI 3.1, made from the schemas that validate. Needs no key.",
  answer: {
    status: 200,
    description: "The document.",
    schema: z.looseObject({ openapi: z.string().meta({ example: "3.1.0" }) }),
  },
});

export const metaOperations: Operation[] = [getOpenApiOperation];
