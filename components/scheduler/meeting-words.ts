import type { Tone } from "@/components/ui/tone";
import type { MeetingChangeKind, MeetingPhase } from "@/lib/domain/meeting";

export const phaseLabels: Record<MeetingPhase, string> = {
  upcoming: "Upcoming",
  running: "Now",
  past: "Past",
  canceled: "Canceled",
};

export const phaseTones: Record<MeetingPhase, Tone> = {
  upcoming: "info",
  running: "success",
  past: "neutral",
  canceled: "danger",
};

export const changeLabels: Record<MeetingChangeKind, string> = {
  scheduled: "Booked",
  rescheduled: "Moved",
  canceled: "Canceled",
};

export const changeTones: Record<MeetingChangeKind, Tone> = {
  scheduled: "success",
  rescheduled: "info",
  canceled: "danger",
};
