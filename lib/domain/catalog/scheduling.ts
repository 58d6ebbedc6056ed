import type { EventTypeDefinition, JsonSchema } from "@/lib/domain/catalog/event-type-definition";
import {
  dataSchema,
  flag,
  list,
  object,
  person,
  text,
  textOrNull,
  utcTime,
} from "@/lib/domain/catalog/schema-parts";

const meetingInfo = object("Meeting info", "What was agreed with the invitee.", {
  primaryInviteeName: text("Primary invitee's name", "The name of the person who was invited."),
  primaryInvitee: text("Primary invitee", "The e-mail address of the person who was invited."),
  optionalInvitees: text("Optional invitees", "More e-mail addresses, separated by commas."),
  meetingName: text("Meeting name", "The subject in everyone's calendar."),
  location: text("Location", "A place, a telephone number or a video link."),
  existingEmailMeetingId: textOrNull(
    "Existing e-mail meeting id",
    "The e-mail meeting that this one was made from, if it was.",
  ),
  calendarUrl: text("Calendar URL", "The page on which the meeting was booked."),
  organizationPath: text("Organization path", "The organization's part of that page's address."),
  calendarPath: text("Calendar path", "The calendar's part of that page's address."),
  formValues: list(
    "Form values",
    "What the invitee filled in while booking, in the order of the form.",
    object("Form value", "One field of the form.", {
      question: text("Question", "The field's label."),
      answerText: text("Answer text", "What was filled in."),
    }),
  ),
  surveyQuestions: list(
    "Survey questions",
    "What the invitee answered after booking.",
    object("Survey question", "One question of the survey.", {
      answer: text("Answer", "What was answered."),
      isRequired: flag("Is required", "Whether the question had to be answered."),
      question: text("Question", "What was asked."),
    }),
  ),
});

function meetingSchema(title: string, description: string, isCanceled: JsonSchema): JsonSchema {
  return dataSchema(title, description, {
    id: text("Id", "The meeting's identifier."),
    emailMeetingId: text("E-mail meeting id", "The identifier of the meeting's e-mail conversation."),
    organizationId: text("Organization id", "The organization the meeting's owner belongs to."),
    zoomMeetingId: textOrNull("Zoom meeting id", "The Zoom meeting, or null when it takes place elsewhere."),
    meetingStart: utcTime("Meeting start", "When the meeting begins, in UTC."),
    meetingEnd: utcTime("Meeting end", "When the meeting ends, in UTC; after its start."),
    isCanceled,
    meetingOwner: person("Meeting owner", "The person in whose calendar the meeting was booked."),
    meetingInfo,
  });
}

const isCanceled = flag("Is canceled", "Whether the meeting was called off.");

const meeting = {
  id: "7203518",
  emailMeetingId: "em_59120447",
  organizationId: "2094",
  zoomMeetingId: "84419520736",
  meetingStart: "2026-03-12T15:00:00.000Z",
  meetingEnd: "2026-03-12T15:30:00.000Z",
  isCanceled: false,
  meetingOwner: {
    userId: "51877",
    username: "jonas.lindqvist@brightwater.example",
    lastName: "Lindqvist",
    firstName: "Jonas",
  },
  meetingInfo: {
    primaryInviteeName: "Priya Raman",
    primaryInvitee: "priya.raman@harborline.example",
    optionalInvitees: "tom.okafor@harborline.example",
    meetingName: "Brightwater and Harborline: pump monitoring",
    location: "https://zoom.example/j/84419520736",
    existingEmailMeetingId: null,
    calendarUrl: "https://meet.brightwater.example/brightwater/jonas-lindqvist",
    organizationPath: "brightwater",
    calendarPath: "jonas-lindqvist",
    formValues: [
      { question: "Company", answerText: "Harborline Shipping" },
      { question: "What would you like to talk about?", answerText: "Alerts for our two ferry terminals" },
    ],
    surveyQuestions: [{ answer: "11 to 50", isRequired: true, question: "How many pumps do you run?" }],
  },
};

export const schedulingEventTypes: readonly EventTypeDefinition[] = [
  {
    name: "scheduling.smartscheduler.scheduled",
    group: "scheduling",
    description: "A meeting was booked with the Smart Scheduler.",
    whenSent: "When an invitee has chosen a time and the meeting is in the owner's calendar.",
    schema: meetingSchema("Meeting scheduled", "The meeting that was booked.", isCanceled),
    example: meeting,
  },
  {
    name: "scheduling.smartscheduler.rescheduled",
    group: "scheduling",
    description: "A booked meeting was moved to another time.",
    whenSent: "When the owner or the invitee has chosen another time for a meeting.",
    schema: meetingSchema("Meeting rescheduled", "The meeting as it is now.", isCanceled),
    example: {
      ...meeting,
      meetingStart: "2026-03-13T09:15:00.000Z",
      meetingEnd: "2026-03-13T09:45:00.000Z",
      meetingInfo: { ...meeting.meetingInfo, existingEmailMeetingId: "em_59120447" },
    },
  },
  {
    name: "scheduling.smartscheduler.canceled",
    group: "scheduling",
    description: "A booked meeting was called off.",
    whenSent: "When the owner or the invitee has canceled a meeting.",
    schema: meetingSchema("Meeting canceled", "The meeting that will not take place.", {
      ...isCanceled,
      const: true,
    }),
    example: { ...meeting, isCanceled: true },
  },
];
