import type { FrameWords } from '../../../platform/pdf/pdf-document.ts'
import type { ReportLanguage } from '../domain/report-language.ts'

/** The words of a certificate in one language. Names in braces are replaced. */
export type CertificateWords = {
  readonly frame: FrameWords
  readonly locale: string
  readonly title: string
  readonly amendedTitle: string
  readonly draft: string
  readonly facts: Readonly<
    Record<
      | 'client'
      | 'contact'
      | 'issued'
      | 'sample'
      | 'sampleType'
      | 'clientSampleId'
      | 'clientReference'
      | 'orderNumber'
      | 'samplePoint'
      | 'sampled'
      | 'sampler'
      | 'received'
      | 'analysed'
      | 'condition'
      | 'deviation'
      | 'environment'
      | 'specification'
      | 'location',
      string
    >
  >
  readonly columns: Readonly<
    Record<
      'analysis' | 'method' | 'result' | 'unit' | 'uncertainty' | 'limit' | 'range' | 'assessment',
      string
    >
  >
  readonly conformity: Readonly<Record<'within' | 'warning' | 'out', string>>
  readonly noResults: string
  readonly dryMatter: string
  readonly inField: string
  readonly interpretation: string
  readonly remarks: string
  readonly notes: string
  readonly onlyItems: string
  readonly asReceived: string
  readonly fromClient: string
  readonly inFull: string
  readonly notAccredited: string
  readonly subcontracted: string
  readonly uncertaintyNote: string
  readonly uncertaintyConfidence: string
  readonly decisionRule: string
  readonly opinions: string
  readonly fieldNote: string
  readonly end: string
  readonly verified: string
  readonly authorised: string
  readonly replaces: string
  readonly reason: string
  readonly changed: string
  readonly noChange: string
  readonly atLaboratory: string
}

const EN: CertificateWords = {
  frame: { pageOf: 'Page {page} of {pages}', document: 'Certificate', generated: 'Generated' },
  locale: 'en-GB',
  title: 'Certificate of analysis',
  amendedTitle: 'Amended certificate of analysis',
  draft: 'DRAFT',
  facts: {
    client: 'Client',
    contact: 'Contact',
    issued: 'Date of issue',
    sample: 'Sample',
    sampleType: 'Description',
    clientSampleId: "Client's sample ID",
    clientReference: "Client's reference",
    orderNumber: 'Order number',
    samplePoint: 'Sampling location',
    sampled: 'Sampled',
    sampler: 'Sampled by',
    received: 'Received',
    analysed: 'Analysed',
    condition: 'Condition on receipt',
    deviation: 'Sampling deviation',
    environment: 'Environmental conditions',
    specification: 'Specification',
    location: 'Place of analysis',
  },
  columns: {
    analysis: 'Analysis',
    method: 'Method',
    result: 'Result',
    unit: 'Unit',
    uncertainty: '± U',
    limit: 'Detection limit',
    range: 'Range',
    assessment: 'Assessment',
  },
  conformity: { within: 'Within', warning: 'Within error', out: 'Out of range' },
  noResults: 'No results are reported.',
  dryMatter: 'On dry matter: {value}',
  inField: 'measured in the field',
  interpretation: 'Opinions and interpretations',
  remarks: 'Remarks',
  notes: 'Notes',
  onlyItems: 'The results relate only to the items tested.',
  asReceived: 'The results apply to the samples as they were received.',
  fromClient:
    "Description, client's identifiers and references, and facts of sampling by others are as the client stated them.",
  inFull: 'This certificate must not be reproduced except in full without approval of the laboratory.',
  notAccredited: '* not within the scope of accreditation',
  subcontracted: '# measured by an external provider: {names}',
  uncertaintyNote: 'U is the expanded uncertainty of measurement.',
  uncertaintyConfidence: 'U is the expanded uncertainty of measurement at a level of confidence of {percent} %.',
  decisionRule:
    'Decision rule: a result is compared with its range as it stands, its uncertainty is not taken into account. “Within error” is out of the range by no more than the error that the specification allows.',
  opinions: 'Opinions and interpretations are based on the results of the items tested and lie outside the scope of accreditation.',
  fieldNote: '§ measured where the sample was taken',
  end: 'End of certificate',
  verified: 'Verified',
  authorised: 'Authorised',
  replaces: 'This certificate replaces {labels}.',
  reason: 'Reason: {reason}',
  changed: '{sample}, {analysis}: {after} instead of {before}',
  noChange: 'No result differs.',
  atLaboratory: 'At the address of the laboratory',
}

const DE: CertificateWords = {
  frame: { pageOf: 'Seite {page} von {pages}', document: 'Prüfbericht', generated: 'Erstellt' },
  locale: 'de-DE',
  title: 'Prüfbericht',
  amendedTitle: 'Geänderter Prüfbericht',
  draft: 'ENTWURF',
  facts: {
    client: 'Auftraggeber',
    contact: 'Ansprechpartner',
    issued: 'Ausgestellt am',
    sample: 'Probe',
    sampleType: 'Beschreibung',
    clientSampleId: 'Probennummer des Auftraggebers',
    clientReference: 'Referenz des Auftraggebers',
    orderNumber: 'Bestellnummer',
    samplePoint: 'Ort der Probenahme',
    sampled: 'Probenahme',
    sampler: 'Probenehmer',
    received: 'Eingang',
    analysed: 'Prüfzeitraum',
    condition: 'Zustand bei Eingang',
    deviation: 'Abweichung bei der Probenahme',
    environment: 'Umgebungsbedingungen',
    specification: 'Spezifikation',
    location: 'Ort der Prüfung',
  },
  columns: {
    analysis: 'Prüfung',
    method: 'Verfahren',
    result: 'Ergebnis',
    unit: 'Einheit',
    uncertainty: '± U',
    limit: 'Nachweisgrenze',
    range: 'Bereich',
    assessment: 'Bewertung',
  },
  conformity: { within: 'Erfüllt', warning: 'Innerhalb des Fehlers', out: 'Nicht erfüllt' },
  noResults: 'Es wird kein Ergebnis berichtet.',
  dryMatter: 'In der Trockenmasse: {value}',
  inField: 'vor Ort gemessen',
  interpretation: 'Meinungen und Interpretationen',
  remarks: 'Bemerkungen',
  notes: 'Hinweise',
  onlyItems: 'Die Ergebnisse beziehen sich nur auf die geprüften Gegenstände.',
  asReceived: 'Die Ergebnisse gelten für die Proben, wie sie eingegangen sind.',
  fromClient:
    'Beschreibung, Nummern und Referenzen des Auftraggebers sowie Angaben zu fremder Probenahme stammen vom Auftraggeber.',
  inFull: 'Der Bericht darf ohne Zustimmung des Laboratoriums nur vollständig vervielfältigt werden.',
  notAccredited: '* nicht im Umfang der Akkreditierung',
  subcontracted: '# von einem externen Anbieter gemessen: {names}',
  uncertaintyNote: 'U ist die erweiterte Messunsicherheit.',
  uncertaintyConfidence: 'U ist die erweiterte Messunsicherheit bei einem Vertrauensniveau von {percent} %.',
  decisionRule:
    'Entscheidungsregel: Ein Ergebnis wird unmittelbar mit seinem Bereich verglichen, die Messunsicherheit bleibt unberücksichtigt. „Innerhalb des Fehlers“ überschreitet den Bereich um höchstens den zugelassenen Fehler.',
  opinions: 'Meinungen und Interpretationen beruhen auf den Ergebnissen der geprüften Gegenstände und liegen außerhalb der Akkreditierung.',
  fieldNote: '§ am Ort der Probenahme gemessen',
  end: 'Ende des Prüfberichts',
  verified: 'Geprüft',
  authorised: 'Freigegeben',
  replaces: 'Dieser Bericht ersetzt {labels}.',
  reason: 'Grund: {reason}',
  changed: '{sample}, {analysis}: {after} statt {before}',
  noChange: 'Kein Ergebnis weicht ab.',
  atLaboratory: 'Anschrift des Laboratoriums',
}

const FR: CertificateWords = {
  frame: { pageOf: 'Page {page} sur {pages}', document: 'Rapport', generated: 'Établi' },
  locale: 'fr-FR',
  title: "Rapport d'analyse",
  amendedTitle: "Rapport d'analyse modifié",
  draft: 'PROJET',
  facts: {
    client: 'Client',
    contact: 'Contact',
    issued: "Date d'émission",
    sample: 'Échantillon',
    sampleType: 'Description',
    clientSampleId: 'Numéro du client',
    clientReference: 'Référence du client',
    orderNumber: 'Numéro de commande',
    samplePoint: 'Lieu de prélèvement',
    sampled: 'Prélevé',
    sampler: 'Prélevé par',
    received: 'Reçu',
    analysed: 'Analysé',
    condition: 'État à la réception',
    deviation: 'Écart de prélèvement',
    environment: "Conditions d'environnement",
    specification: 'Spécification',
    location: "Lieu de l'analyse",
  },
  columns: {
    analysis: 'Analyse',
    method: 'Méthode',
    result: 'Résultat',
    unit: 'Unité',
    uncertainty: '± U',
    limit: 'Limite de détection',
    range: 'Intervalle',
    assessment: 'Évaluation',
  },
  conformity: { within: 'Conforme', warning: "Dans l'erreur admise", out: 'Non conforme' },
  noResults: "Aucun résultat n'est rapporté.",
  dryMatter: 'Sur matière sèche : {value}',
  inField: 'mesuré sur place',
  interpretation: 'Avis et interprétations',
  remarks: 'Remarques',
  notes: 'Notes',
  onlyItems: 'Les résultats ne concernent que les objets analysés.',
  asReceived: "Les résultats s'appliquent aux échantillons tels que reçus.",
  fromClient:
    'Description, numéros et références du client ainsi que les faits de prélèvement par des tiers sont déclarés par le client.',
  inFull: "Ce rapport ne peut être reproduit qu'en entier sans l'accord du laboratoire.",
  notAccredited: "* hors de la portée d'accréditation",
  subcontracted: '# mesuré par un prestataire externe : {names}',
  uncertaintyNote: "U est l'incertitude de mesure élargie.",
  uncertaintyConfidence: "U est l'incertitude de mesure élargie à un niveau de confiance de {percent} %.",
  decisionRule:
    "Règle de décision : un résultat est comparé tel quel à son intervalle, sans tenir compte de l'incertitude. « Dans l'erreur admise » dépasse l'intervalle d'au plus l'erreur que permet la spécification.",
  opinions: "Les avis et interprétations reposent sur les résultats des objets analysés et sont hors de la portée d'accréditation.",
  fieldNote: '§ mesuré au lieu de prélèvement',
  end: 'Fin du rapport',
  verified: 'Vérifié',
  authorised: 'Autorisé',
  replaces: 'Ce rapport remplace {labels}.',
  reason: 'Motif : {reason}',
  changed: '{sample}, {analysis} : {after} au lieu de {before}',
  noChange: 'Aucun résultat ne diffère.',
  atLaboratory: 'À l’adresse du laboratoire',
}

export const CERTIFICATE_WORDS: Readonly<Record<ReportLanguage, CertificateWords>> = { en: EN, de: DE, fr: FR }
