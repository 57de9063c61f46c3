import { z } from 'zod'

/** What we read of activities; everything else in them is dropped at the edge. */

const id = z.string().min(1).max(512)
const ACCOUNT = z.object({
  id,
  name: z.string().nullish(),
  aadObjectId: z.string().min(1).max(64).nullish(),
  role: z.string().nullish(),
})
export type Account = z.infer<typeof ACCOUNT>

/** What must be known of an activity before it is believed. */
export const ENVELOPE = z.object({
  type: z.string(),
  channelId: z.string().nullish(),
  serviceUrl: z.string().nullish(),
  conversation: z.object({ tenantId: z.string().nullish() }).nullish(),
  channelData: z.object({ tenant: z.object({ id: z.string() }).nullish() }).nullish(),
})
export type Envelope = z.infer<typeof ENVELOPE>

const MENTION = z.object({
  type: z.literal('mention'),
  text: z.string().nullish(),
  mentioned: z.object({ id, name: z.string().nullish(), aadObjectId: z.string().nullish() }),
})
export type Mention = z.infer<typeof MENTION>
/** Entities of other kinds mean nothing to us and must not make a message unreadable. */
const ENTITIES = z
  .array(z.unknown())
  .nullish()
  .transform((all) => (all ?? []).flatMap((each) => MENTION.safeParse(each).data ?? []))

export const ATTACHMENT = z.object({
  contentType: z.string(),
  contentUrl: z.string().nullish(),
  name: z.string().nullish(),
  content: z.unknown().optional(),
})
export type WireAttachment = z.infer<typeof ATTACHMENT>
export const DOWNLOAD_INFO = z.object({
  downloadUrl: z.string(),
  uniqueId: z.string().nullish(),
  fileType: z.string().nullish(),
})

export const ACTIVITY = z.object({
  type: z.string(),
  id: id.nullish(),
  timestamp: z.string().nullish(),
  serviceUrl: z.string(),
  from: ACCOUNT.nullish(),
  recipient: z.object({ id }).nullish(),
  conversation: z.object({
    id,
    conversationType: z.string().nullish(),
    isGroup: z.boolean().nullish(),
    tenantId: z.string().nullish(),
  }),
  channelData: z
    .object({
      tenant: z.object({ id: z.string() }).nullish(),
      eventType: z.string().nullish(),
    })
    .nullish(),
  text: z.string().nullish(),
  textFormat: z.string().nullish(),
  attachments: z.array(ATTACHMENT).nullish(),
  entities: ENTITIES,
  locale: z.string().max(35).nullish(),
  localTimezone: z.string().max(64).nullish(),
  replyToId: id.nullish(),
  name: z.string().nullish(),
  action: z.string().nullish(),
  value: z.unknown().optional(),
  membersAdded: z.array(ACCOUNT).nullish(),
  membersRemoved: z.array(ACCOUNT).nullish(),
})
export type Activity = z.infer<typeof ACTIVITY>

const DATA = z.record(z.string(), z.unknown())
export const EXECUTE_VALUE = z.object({
  action: z.object({ verb: z.string().nullish(), data: DATA.nullish() }),
})
export const TASK_VALUE = z.object({ data: DATA })
export const CONSENT_VALUE = z.object({
  type: z.literal('fileUpload'),
  action: z.enum(['accept', 'decline']),
  context: z.object({ offer: z.string().min(1).max(64) }),
  uploadInfo: z
    .object({
      uploadUrl: z.string().max(4000),
      contentUrl: z.string().max(4000),
      name: z.string().min(1).max(400),
      uniqueId: z.string().min(1).max(400),
      fileType: z.string().max(40),
    })
    .nullish(),
})
export type UploadInfo = NonNullable<z.infer<typeof CONSENT_VALUE>['uploadInfo']>

/** What a roster tells of somebody; the SDK hands on what it does not know itself. */
export const MEMBER = z.object({
  id: z.string().optional(),
  name: z.string().nullish(),
  givenName: z.string().nullish(),
  surname: z.string().nullish(),
  email: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  userRole: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  objectId: z.string().nullish(),
})
export type Member = z.infer<typeof MEMBER>
