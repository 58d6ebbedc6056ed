"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { encodeId } from "@/lib/domain/ids";
import type { ActionResult } from "@/lib/schemas/action-result";
import { choiceIn } from "@/lib/schemas/choice-in";
import { EndpointForm, EndpointSettingsForm, type EndpointFormState } from "@/lib/schemas/endpoint-form";
import { RotateSecretIn } from "@/lib/schemas/endpoint-secret";
import { EndpointTestIn } from "@/lib/schemas/endpoint-test";
import { formFields } from "@/lib/schemas/form-fields";
import { idIn } from "@/lib/schemas/public-id";
import { formAction, userAction } from "@/lib/server/http/user-action";
import { createEndpoint } from "@/lib/server/use-cases/create-endpoint";
import { deleteEndpoint } from "@/lib/server/use-cases/delete-endpoint";
import { getAttempt } from "@/lib/server/use-cases/get-attempt";
import { rotateSecret } from "@/lib/server/use-cases/rotate-secret";
import { showSecret } from "@/lib/server/use-cases/show-secret";
import { testEndpoint } from "@/lib/server/use-cases/test-endpoint";
import { updateEndpoint } from "@/lib/server/use-cases/update-endpoint";

const EndpointId = z.object({ id: idIn("endpoint") });

const create = formAction(EndpointForm, async ({ deps, principal, input }) =>
  createEndpoint(deps, principal, input),
);

/** Creates and goes to the new endpoint; with a refusal the form keeps what was entered. */
export async function createEndpointAction(
  _previous: EndpointFormState | null,
  form: FormData,
): Promise<EndpointFormState> {
  const result = await create(null, form);
  if (result.ok) redirect(`/endpoints/${result.value.id}`);
  return { result, values: enteredFields(form) };
}

const save = formAction(EndpointSettingsForm, async ({ deps, principal, input }) => {
  const saved = await updateEndpoint(deps, principal, input.id, input.settings);
  revalidatePath(`/endpoints/${saved.id}`, "layout");
  return saved;
});

export async function saveEndpointAction(
  _previous: EndpointFormState | null,
  form: FormData,
): Promise<EndpointFormState> {
  return { result: await save(null, form), values: enteredFields(form) };
}

/** What was typed comes back to the form; custom header values are secrets and do not. */
function enteredFields(form: FormData): EndpointFormState["values"] {
  const { headerValues: _secret, ...fields } = formFields(form) as EndpointFormState["values"];
  return fields;
}

const StateForm = EndpointId.extend({ state: choiceIn(["active", "disabled"]) });

const setState = formAction(StateForm, async ({ deps, principal, input: { id, state } }) => {
  const { state: next } = await updateEndpoint(deps, principal, id, { state });
  revalidatePath(`/endpoints/${encodeId("ep", id)}`, "layout");
  return next;
});

export async function setEndpointStateAction(
  _previous: ActionResult<string> | null,
  form: FormData,
): Promise<ActionResult<string>> {
  return setState(null, form);
}

const remove = userAction(EndpointId, async ({ deps, principal, input }) =>
  deleteEndpoint(deps, principal, input.id),
);

export async function deleteEndpointAction(id: string): Promise<ActionResult<void>> {
  const result = await remove({ id });
  if (result.ok) revalidatePath("/endpoints");
  return result;
}

const reveal = userAction(EndpointId, async ({ deps, principal, input }) =>
  showSecret(deps, principal, input.id),
);

export async function revealSecretAction(id: string) {
  return reveal({ id });
}

const rotate = userAction(EndpointId.extend(RotateSecretIn.shape), async ({ deps, principal, input }) =>
  rotateSecret(deps, principal, input.id, input),
);

export async function rotateSecretAction(id: string, overlapSeconds: number) {
  return rotate({ id, overlapSeconds });
}

const test = userAction(EndpointId.extend(EndpointTestIn.shape), async ({ deps, principal, input }) => {
  const { id, ...sent } = input;
  return getAttempt(deps, principal, await testEndpoint(deps, principal, id, sent));
});

/** `data` as JSON text; empty sends the type's example. */
export async function testEndpointAction(id: string, eventType: string, dataText: string) {
  if (dataText.trim() === "") return test({ id, eventType });
  let data: unknown;
  try {
    data = JSON.parse(dataText);
  } catch {
    const message = "The data is not valid JSON.";
    return { ok: false as const, message, errors: [{ path: "data", message }] };
  }
  return test({ id, eventType, data: data as Record<string, unknown> });
}
