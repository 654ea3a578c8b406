import type { PictureBytes } from '../../../platform/pdf/pdf-document.ts'
import type { ReportLanguage } from '../domain/report-language.ts'

/** Whether a result keeps to its specification; null where none is stated or it cannot be judged. */
export type Conformity = 'within' | 'warning' | 'out' | null

export type CertificateResult = {
  readonly analysisId: number
  readonly keyword: string
  readonly title: string
  readonly category: string
  readonly method: string | null
  /** as it is printed, with the decimal mark of the client */
  readonly text: string
  readonly unit: string | null
  /** expanded, in the unit of the result; `''` where none is stated */
  readonly uncertainty: string
  /** lower detection limit; null where there is none */
  readonly detectionLimit: string | null
  readonly range: string | null
  readonly rangeComment: string | null
  readonly conformity: Conformity
  readonly accredited: boolean
  /** who measured it, where it was not the laboratory itself */
  readonly subcontractor: string | null
  readonly measuredInField: boolean
  readonly dryMatter: string | null
  readonly remarks: string | null
}

export type CertificateSample = {
  readonly requestId: number
  readonly objectId: string
  readonly sampleType: string
  readonly samplePoint: string | null
  readonly clientSampleId: string | null
  readonly clientReference: string | null
  readonly orderNumber: string | null
  readonly condition: string | null
  readonly deviation: string | null
  readonly environment: string | null
  readonly sampler: string | null
  readonly sampledAt: Date | null
  readonly receivedAt: Date | null
  readonly analysedFrom: Date | null
  readonly analysedTo: Date | null
  readonly specification: string | null
  readonly results: readonly CertificateResult[]
  /** HTML */
  readonly interpretations: readonly { readonly department: string | null; readonly html: string }[]
  readonly remarks: string | null
  /** web address of the record */
  readonly address: string
}

export type CertificateSigner = {
  readonly role: 'verified' | 'authorised'
  readonly name: string
  readonly jobTitle: string | null
  readonly at: Date | null
  readonly picture: PictureBytes | null
}

export type CertificateLaboratory = {
  readonly name: string
  readonly address: readonly string[]
  readonly logo: PictureBytes | null
  readonly accredited: boolean
  readonly mark: { readonly picture: PictureBytes | null; readonly text: string } | null
  /** level of confidence of uncertainties in percent */
  readonly confidence: number | null
  /** HTML */
  readonly footer: string | null
}

/** What a certificate replaces, and how it differs. */
export type CertificateAmendment = {
  readonly replaces: readonly { readonly label: string; readonly issuedAt: Date }[]
  readonly reason: string
  readonly changes: readonly {
    readonly sample: string
    readonly analysis: string
    readonly before: string | null
    readonly after: string | null
  }[]
}

/** Everything that a certificate of analysis says; layout and words are added by `describeCertificate`. */
export type CertificateFacts = {
  readonly language: ReportLanguage
  readonly laboratory: CertificateLaboratory
  readonly client: {
    readonly name: string
    readonly address: readonly string[]
    readonly contact: string | null
  }
  readonly samples: readonly CertificateSample[]
  readonly signers: readonly CertificateSigner[]
  readonly amendment: CertificateAmendment | null
}
