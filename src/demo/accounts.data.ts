/** Somebody who can sign in to the demonstration. */
export type DemoAccount = {
  readonly username: string
  readonly password: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  /** keys of ready-made groups */
  readonly roles: readonly string[]
  readonly isAdministrator?: boolean
  /** what the account is for, in the words of the start message */
  readonly purpose: string
}

/**
 * In the order of their ids; the ninth made the test lists of the users' document of machine QA. Names and passwords
 * of the first eight but three are those that the users' documents sign in with.
 */
export const ACCOUNTS: readonly DemoAccount[] = [
  { username: 'admin', password: 'secret', firstName: 'Ada', lastName: 'Minster', email: 'admin@example.org', roles: [], isAdministrator: true, purpose: 'administrator' },
  { username: 'user', password: 'password', firstName: 'Uma', lastName: 'Serra', email: 'user@example.org', roles: ['machine-qa.therapist'], purpose: 'performs machine QA' },
  { username: 'therapist', password: 'demo', firstName: 'Theo', lastName: 'Rapp', email: 'therapist@example.org', roles: ['machine-qa.therapist'], purpose: 'performs machine QA' },
  { username: 'reviewer', password: 'demo', firstName: 'Rhea', lastName: 'Viewer', email: 'reviewer@example.org', roles: ['machine-qa.reviewer'], purpose: 'reviews machine QA' },
  { username: 'viewer', password: 'demo', firstName: 'Vito', lastName: 'Ewers', email: 'viewer@example.org', roles: ['machine-qa.viewer'], purpose: 'reads machine QA' },
  { username: 'jadoe', password: 'secret', firstName: 'Jane', lastName: 'Doe', email: 'jadoe@example.org', roles: ['quality.report-editor', 'quality.entity-editor'], purpose: 'edits quality reports' },
  { username: 'user5@example.com', password: 'securepassword123', firstName: 'Ursula', lastName: 'Fifth', email: 'user5@example.com', roles: ['dicom.viewer'], purpose: 'uses the DICOM API' },
  { username: 'researcher', password: 'password', firstName: 'Resi', lastName: 'Archer', email: 'researcher@example.org', roles: ['research.creator'], purpose: 'writes research data' },
  { username: 'physicist', password: 'demo', firstName: 'Phil', lastName: 'Isley', email: 'physicist@example.org', roles: ['machine-qa.physicist'], purpose: 'configures, performs and reviews machine QA' },
  { username: 'clerk', password: 'demo', firstName: 'Clara', lastName: 'Erk', email: 'clerk@example.org', roles: ['lims.clerk'], purpose: 'registers samples' },
  { username: 'sampler', password: 'demo', firstName: 'Sam', lastName: 'Pullman', email: 'sampler@example.org', roles: ['lims.sampler'], purpose: 'takes samples' },
  { username: 'analyst', password: 'demo', firstName: 'Ana', lastName: 'Lister', email: 'analyst@example.org', roles: ['lims.analyst'], purpose: 'enters results' },
  { username: 'verifier', password: 'demo', firstName: 'Vera', lastName: 'Fyer', email: 'verifier@example.org', roles: ['lims.verifier'], purpose: 'verifies results' },
  { username: 'publisher', password: 'demo', firstName: 'Paul', lastName: 'Blisher', email: 'publisher@example.org', roles: ['lims.publisher'], purpose: 'publishes results' },
  { username: 'labmanager', password: 'demo', firstName: 'Laba', lastName: 'Manger', email: 'labmanager@example.org', roles: ['lims.manager'], purpose: 'manages the laboratory' },
  { username: 'client1', password: 'demo', firstName: 'Rita', lastName: 'Mohale', email: 'client1@example.org', roles: ['lims.client'], purpose: 'contact of a client' },
  { username: 'curator', password: 'demo', firstName: 'Cura', lastName: 'Torelli', email: 'curator@example.org', roles: ['research.curator'], purpose: 'keeps research data in order' },
  { username: 'imaging', password: 'demo', firstName: 'Ima', lastName: 'Ging', email: 'imaging@example.org', roles: ['dicom.viewer'], purpose: 'works with images' },
  { username: 'auditor', password: 'demo', firstName: 'Audi', lastName: 'Torres', email: 'auditor@example.org', roles: ['audit.auditor'], purpose: 'reads the audit trail' },
  { username: 'developer', password: 'demo', firstName: 'Devi', lastName: 'Loper', email: 'developer@example.org', roles: ['dicom.developer'], purpose: 'holds an API key' },
  { username: 'quota', password: 'demo', firstName: 'Quinn', lastName: 'Otter', email: 'quota@example.org', roles: ['dicom.developer'], purpose: 'has used up a quota' },
]
