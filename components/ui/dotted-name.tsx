import { Fragment } from "react";

/** A name like `scheduling.smartscheduler.scheduled` that is broken after its dots, where a line has to be. */
export function DottedName({ name }: { name: string }) {
  return name.split(/(?<=\.)/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
