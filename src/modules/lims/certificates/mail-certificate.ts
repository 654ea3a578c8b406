import type { Context } from '../../../context.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { isMailAddress, MAX_ATTACHMENTS_BYTES } from '../../../platform/mail/mail-message.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import { queueDelivery } from '../../notifications/queue-delivery.ts'
import { findRecords } from '../../records/list-records.ts'
import { documentLabel, type IssuedDocument } from '../../reports/domain/document.ts'
import { contact } from '../records/contact.ts'
import { CERTIFICATE_WORDS } from './certificate-words.data.ts'
import type { GatheredCertificate } from './gather-certificate.ts'
import type { CertificateRecipients } from './publish-certificate.ts'

/** Somebody who gets a certificate. */
export type Addressee = { readonly address: string }

const MOST_ADDRESSEES = 50

/**
 * Who is written to, each address once.
 *
 * @throws RefusedError `invalid-input` for contacts of other clients or without an address, and for what is no address
 */
export async function requireAddressees(
  ctx: Context,
  clientId: number,
  { contacts = [], emails = [] }: CertificateRecipients,
): Promise<readonly Addressee[]> {
  if (contacts.length + emails.length > MOST_ADDRESSEES)
    throw invalidInput('contacts', `At most ${MOST_ADDRESSEES} people get a certificate.`)
  const found = new Map((await findRecords(ctx, contact, [...new Set(contacts)])).map((row) => [row.id, row]))
  const own = contacts.map((id) => {
    const row = found.get(id)
    if (row?.client !== clientId || row.retiredAt)
      throw invalidInput('contacts', 'This is no contact of the client.')
    const address = String(row.emailAddress ?? '').trim()
    if (!isMailAddress(address))
      throw invalidInput('contacts', `${String(row.fullname)} has no mail address.`)
    return address
  })
  const others = emails.map((given) => given.trim())
  const wrong = others.find((address) => !isMailAddress(address))
  if (wrong !== undefined) throw invalidInput('emails', `“${wrong.slice(0, 100)}” is not a mail address.`)
  return [...new Map([...own, ...others].map((address) => [address.toLowerCase(), { address }])).values()]
}

/** Queues one mail for each, in the transaction that issues the certificate, with the certificate attached. */
export async function mailCertificate(
  tx: Context,
  notifications: Notifications,
  document: IssuedDocument,
  { facts, requests }: GatheredCertificate,
  addressees: readonly Addressee[],
): Promise<void> {
  const words = CERTIFICATE_WORDS[facts.language]
  const label = documentLabel(document)
  const { fileName: name, mediaType, sha256, sizeBytes } = document
  const fits = sizeBytes <= MAX_ATTACHMENTS_BYTES
  for (const { address } of addressees) {
    await queueDelivery(
      tx,
      notifications,
      {
        dedupe: `lims.certificate|${document.id}|${address.toLowerCase()}`,
        kind: 'lims.certificate',
        recipientId: null,
        channel: 'mail',
        address,
        webhookId: null,
        state: 'waiting',
        problem: null,
      },
      {
        subject: `${words.title} ${label}`,
        text: `${words.title} ${label}, ${facts.laboratory.name}`,
        facts: facts.samples.map(({ objectId, sampleType }) => ({
          label: `${words.facts.sample} ${objectId}`,
          value: sampleType,
        })),
        path: `/lims/samples/${String(requests[0]?.id)}`,
        ...(fits ? { files: [{ name, mediaType, sha256 }] } : {}),
      },
    )
  }
}
