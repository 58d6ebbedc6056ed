import { Timestamp } from "@/components/ui/timestamp";

/** As domain sentences write it, the same in page, API and mail. */
const toldMoment = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC/;

/** A sentence of the rules. Each moment in it, which is in UTC for everybody, has the reader's own time in its tip. */
export function ToldMoments({ text }: { text: string }) {
  // Split by two groups: text, day, minute, text, day, minute, ..., text.
  const parts = text.split(toldMoment);
  return parts.map((part, index) => {
    if (index % 3 === 0) return part;
    if (index % 3 === 2) return null;
    const at = new Date(`${part}T${parts[index + 1]}Z`);
    // Somebody else's text may look like a moment and be none.
    if (Number.isNaN(at.getTime())) return `${part} ${parts[index + 1]} UTC`;
    return <Timestamp key={index} at={at} show="told" />;
  });
}
