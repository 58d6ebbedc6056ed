import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";
import { Input, type InputProps } from "@/components/ui/input";
import { Select, type SelectProps } from "@/components/ui/select";
import { Textarea, type TextareaProps } from "@/components/ui/textarea";

/** What a control must carry so that label, hint and errors belong to it. */
export type FieldWiring = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

export type FieldText = {
  label: ReactNode;
  /** One sentence below the control; stays visible beside errors. */
  hint?: ReactNode;
  /** Messages of this field, from the server or the form. Any message marks the control invalid. */
  errors?: readonly string[] | undefined;
  /** The messages follow what is being typed: a screen reader tells of them when it has finished, not at each letter. */
  errorsFollowTyping?: boolean | undefined;
  /** Says "optional" beside the label. */
  optional?: boolean | undefined;
  /** Beside the label, on the right: a link, a counter. */
  aside?: ReactNode;
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean | undefined;
  fieldClassName?: string | undefined;
};

type FieldFrameProps = FieldText & { id?: string | undefined; children: (wiring: FieldWiring) => ReactNode };

/** Label, hint and errors around any control: `<FieldFrame label="Filter">{(wiring) => <X {...wiring} />}</FieldFrame>`. */
export function FieldFrame({ children, id, ...text }: FieldFrameProps) {
  const generated = useId();
  const controlId = id ?? generated;
  const { label, hint, errors = [], errorsFollowTyping, optional, aside, labelHidden, fieldClassName } = text;
  const described = [hint && `${controlId}-hint`, errors.length > 0 && `${controlId}-errors`].filter(Boolean);
  return (
    <div className={cn("grid min-w-0 content-start gap-1.5", fieldClassName)}>
      <div className={cn("flex items-baseline justify-between gap-3", labelHidden && "sr-only")}>
        <label htmlFor={controlId} className="text-sm font-medium">
          {label}
          {optional && <span className="ml-1.5 text-xs font-normal text-subtle">optional</span>}
        </label>
        {aside && <div className="text-xs text-muted">{aside}</div>}
      </div>
      {children({
        id: controlId,
        "aria-describedby": described.join(" ") || undefined,
        "aria-invalid": errors.length > 0 || undefined,
      })}
      <FieldErrors id={`${controlId}-errors`} errors={errors} polite={errorsFollowTyping} />
      {hint && (
        <p id={`${controlId}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/**
 * For a fieldset of several controls: the ids of its hint and of its FieldErrors, `described` for the fieldset itself,
 * and `wrong` for each of its controls, because a group cannot be invalid.
 */
export function useGroupWiring({ hint, errors = [] }: Pick<FieldText, "hint" | "errors">) {
  const id = useId();
  const isWrong = errors.length > 0;
  const described = [hint && `${id}-hint`, isWrong && `${id}-errors`].filter(Boolean).join(" ");
  return {
    hintId: `${id}-hint`,
    errorsId: `${id}-errors`,
    described: { "aria-describedby": described || undefined },
    wrong: { "aria-invalid": isWrong || undefined },
  };
}

type FieldErrorsProps = { id?: string; errors: readonly string[]; polite?: boolean | undefined };

/** The messages of a field or a form. Announced when they appear. */
export function FieldErrors({ id, errors, polite = false }: FieldErrorsProps) {
  if (errors.length === 0) return null;
  return (
    <div id={id} role={polite ? "status" : "alert"}>
      <ul className="grid gap-0.5 text-xs text-danger-text">
        {errors.map((message) => (
          <li key={message} className="flex gap-1.5">
            <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            <span className="min-w-0 break-words">{message}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/**
 * `<Field name="url" type="url" label="Endpoint URL" errors={fieldErrors(result, "url")} required />`: an input with
 * everything wired; works in a plain form before hydration. React empties a form after its action: pass what was
 * entered back as `defaultValue` when the action answers with errors.
 */
export function Field(props: FieldText & InputProps) {
  const [text, control] = splitFieldText(props);
  return (
    <FieldFrame id={control.id} {...text}>
      {(wiring) => <Input {...control} {...wiring} />}
    </FieldFrame>
  );
}

/** Field with a textarea. */
export function TextareaField(props: FieldText & TextareaProps) {
  const [text, control] = splitFieldText(props);
  return (
    <FieldFrame id={control.id} {...text}>
      {(wiring) => <Textarea {...control} {...wiring} />}
    </FieldFrame>
  );
}

/** Field with a native select. */
export function SelectField(props: FieldText & SelectProps) {
  const [text, control] = splitFieldText(props);
  return (
    <FieldFrame id={control.id} {...text}>
      {(wiring) => <Select {...control} {...wiring} />}
    </FieldFrame>
  );
}

function splitFieldText<Props extends FieldText>(props: Props): [FieldText, Omit<Props, keyof FieldText>] {
  const {
    label,
    hint,
    errors,
    errorsFollowTyping,
    optional,
    aside,
    labelHidden,
    fieldClassName,
    ...control
  } = props;
  const text = { label, hint, errors, errorsFollowTyping, optional, aside, labelHidden, fieldClassName };
  return [text, control];
}
