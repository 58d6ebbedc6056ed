import { Fragment } from "react";

/** `scheduling.smartscheduler.scheduled`, `ada@posthorn.example`, a URL: broken at its joints where a line has to be. */
export function DottedName({ name }: { name: string }) {
  return name.split(/(?<=[.@]|\/(?!\/))/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
