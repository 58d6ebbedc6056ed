import { hasAtMostValues, isNestedAtMost } from "@/lib/domain/json-value";
import { pathTo } from "@/lib/domain/problem";

const filterCharactersMax = 8 * 1024;
const filterDepthMax = 8;
const filterValuesMax = 300;

type Query = Record<string, unknown>;

/** Combine whole queries; everything else is asked of one property. */
const groupOperators = ["$and", "$or", "$nor"];
const propertyOperators = "$eq $ne $lt $lte $gt $gte $in $nin $all $exists $size $mod $elemMatch $not".split(
  " ",
);

/** The problems of a filter's form, each with its path: unknown operators, wrong operands, and what is too large. */
export function checkFilterShape(filter: unknown): string[] {
  if (!isObject(filter)) return ["filter must be an object"];
  if (!isNestedAtMost(filter, filterDepthMax))
    return [`filter is nested more than ${filterDepthMax} levels deep`];
  if (!hasAtMostValues(filter, filterValuesMax)) return [`filter has more than ${filterValuesMax} values`];
  if (JSON.stringify(filter).length > filterCharactersMax) {
    return [`filter is longer than ${filterCharactersMax} characters`];
  }
  return queryProblems(filter, "filter");
}

function isObject(value: unknown): value is Query {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A query: properties by their paths, and groups of queries. */
function queryProblems(query: Query, path: string): string[] {
  return Object.entries(query).flatMap(([key, value]) => {
    const at = pathTo(path, key);
    if (groupOperators.includes(key)) return groupProblems(value, at);
    if (!key.startsWith("$")) return [...propertyPathProblems(key, at), ...conditionProblems(value, at)];
    return propertyOperators.includes(key)
      ? [`${at} belongs below a property: { "property": { ${JSON.stringify(key)}: ... } }`]
      : [unknownOperator(at)];
  });
}

function unknownOperator(at: string): string {
  return `${at} is not an operator here; there are ${[...propertyOperators, ...groupOperators].join(", ")}`;
}

function groupProblems(queries: unknown, at: string): string[] {
  if (!Array.isArray(queries) || queries.length === 0) return [`${at} must be a list of at least one query`];
  return queries.flatMap((query: unknown, index) => {
    const each = pathTo(at, index);
    return isObject(query) ? queryProblems(query, each) : [`${each} must be an object`];
  });
}

/** Names that every object inherits would ask about JavaScript, not about the event. */
function propertyPathProblems(key: string, at: string): string[] {
  const parts = key.split(".");
  if (parts.includes("")) return [`${at} has an empty part in its path`];
  const inherited = parts.find((part) => part in Object.prototype);
  return inherited === undefined ? [] : [`${at} uses the name ${inherited}, which cannot be filtered on`];
}

/** What is asked of a property: operators, or one value that it has to equal. */
function conditionProblems(condition: unknown, at: string): string[] {
  if (!isObject(condition)) return valueProblems(condition, at);
  const keys = Object.keys(condition);
  const isOperators = keys.some((key) => key.startsWith("$"));
  if (!isOperators) return valueProblems(condition, at);
  return keys.flatMap((key) => {
    const each = pathTo(at, key);
    if (!key.startsWith("$")) return [`${each} stands beside operators; write it as a path of its own`];
    if (!propertyOperators.includes(key)) return [unknownOperator(each)];
    return operandProblems(key, condition[key], each);
  });
}

function operandProblems(operator: string, operand: unknown, at: string): string[] {
  switch (operator) {
    case "$in":
    case "$nin":
    case "$all":
      if (!Array.isArray(operand)) return [`${at} must be a list`];
      return operand.flatMap((value: unknown, index) => valueProblems(value, pathTo(at, index)));
    case "$lt":
    case "$lte":
    case "$gt":
    case "$gte":
      return typeof operand === "number" || typeof operand === "string"
        ? []
        : [`${at} must be a number or a string`];
    case "$exists":
      return typeof operand === "boolean" ? [] : [`${at} must be true or false`];
    case "$size":
      return isCount(operand) ? [] : [`${at} must be a whole number from 0`];
    case "$mod":
      return isDivision(operand) ? [] : [`${at} must be [divisor, remainder], the divisor not 0`];
    case "$elemMatch":
      if (!isObject(operand)) return [`${at} must be an object`];
      return startsWithOperator(operand) ? conditionProblems(operand, at) : queryProblems(operand, at);
    case "$not":
      if (!isObject(operand) || !startsWithOperator(operand)) return [`${at} must be an object of operators`];
      return conditionProblems(operand, at);
    default:
      return valueProblems(operand, at);
  }
}

function startsWithOperator(operand: Query): boolean {
  const first = Object.keys(operand)[0];
  return first !== undefined && propertyOperators.includes(first);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isDivision(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isInteger) && value[0] !== 0;
}

/** A value is compared as a whole, so an operator inside of it would be compared as text and never match. */
function valueProblems(value: unknown, at: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown, index) => valueProblems(each, pathTo(at, index)));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const inner = pathTo(at, key);
    return key.startsWith("$")
      ? [`${inner} is an operator inside a value; use a path with dots for the property it is about`]
      : valueProblems(each, inner);
  });
}
