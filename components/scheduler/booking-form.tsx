"use client";

import { TimePart } from "@/components/scheduler/time-part";
import { Card } from "@/components/ui/card";
import { Field, TextareaField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { refuseKept, useFormAction } from "@/components/ui/use-form-action";
import { bookingQuestions } from "@/lib/domain/meeting";
import { enteredAgain, fieldErrors, type FormState } from "@/lib/schemas/action-result";
import type { CalendarDayOut } from "@/lib/schemas/meeting";

type Changed = FormState<{ id: string }>;
type Entered = FormState["entered"];

type BookingFormProps = {
  action: (previous: Changed | null, form: FormData) => Promise<Changed>;
  ownerId: string;
  ownerName: string;
  day: CalendarDayOut;
  timeZone: string;
  /** Where meetings in this calendar take place unless something else is said. */
  location: string;
};

/** Time, invitee and what it is about, in one plain form that also submits before hydration. */
export function BookingForm({ action, ownerId, ownerName, day, timeZone, location }: BookingFormProps) {
  const [state, submit] = useFormAction(action, refuseKept);
  const values: Entered = {
    name: `Meeting with ${ownerName}`,
    location,
    ...enteredAgain(state),
  };
  const errors = (path: string) => fieldErrors(state?.result ?? null, path);
  return (
    <form action={submit} className="grid gap-5">
      <input type="hidden" name="with" value={ownerId} />
      <TimePart state={state} refusedTitle="Nothing was booked" day={day} timeZone={timeZone} />
      {/* A form is emptied after its action: what was entered becomes what it starts with. */}
      <Parts key={state ? JSON.stringify(state) : "first"} values={values} errors={errors} />
      <div className="sticky bottom-0 -mx-1 flex justify-end border-t bg-canvas px-1 py-3">
        <SubmitButton>Book the meeting</SubmitButton>
      </div>
    </form>
  );
}

type PartsProps = { values: Entered; errors: (path: string) => string[] };

function Parts({ values, errors }: PartsProps) {
  const text = (name: string) => ({ name, defaultValue: values[name] ?? "", errors: errors(name) });
  return (
    <>
      <Card title="Invitee">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" {...text("inviteeName")} autoComplete="off" maxLength={200} required />
          <Field label="E-mail" type="email" {...text("inviteeEmail")} autoComplete="off" required />
          <Field
            label="Other invitees"
            {...text("optionalInvitees")}
            autoComplete="off"
            optional
            hint="E-mail addresses, separated by commas. They are free to come or not."
          />
          <Field label={bookingQuestions.company} {...text("company")} maxLength={200} optional />
        </div>
      </Card>
      <Card title="Meeting">
        <div className="grid gap-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Name of the meeting" {...text("name")} maxLength={200} required />
            <Field
              label="Location"
              {...text("location")}
              maxLength={500}
              optional
              hint="A place, a telephone number or a video link."
            />
          </div>
          <TextareaField
            label={bookingQuestions.topic}
            {...text("topic")}
            rows={3}
            maxLength={2000}
            optional
          />
        </div>
      </Card>
    </>
  );
}
