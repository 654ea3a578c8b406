/** One setting from the environment (`TOUCHSTONE_…`) or `touchstone.json` in the data folder. */
export type Setting = {
  readonly name: string
  readonly kind: 'text' | 'integer' | 'boolean' | 'list' | 'secret'
  readonly default?: string
  readonly min?: number
  readonly max?: number
  readonly help: string
}

/** Every setting there is; the reference page is generated from it. */
export const SETTINGS = {
  data: {
    name: 'TOUCHSTONE_DATA',
    kind: 'text',
    default: './data',
    help: 'Folder of the database, the files and the instance key.',
  },
  host: {
    name: 'TOUCHSTONE_HOST',
    kind: 'text',
    default: '',
    help: 'Address to listen on; 127.0.0.1 and ::1 when empty.',
  },
  port: {
    name: 'TOUCHSTONE_PORT',
    kind: 'integer',
    default: '8080',
    min: 0,
    max: 65_535,
    help: 'Port to listen on; 0 takes any free one.',
  },
  publicUrl: {
    name: 'TOUCHSTONE_PUBLIC_URL',
    kind: 'text',
    default: '',
    help: 'Address under which people reach the server, such as https://qa.example.org; used in mails and links.',
  },
  siteName: {
    name: 'TOUCHSTONE_SITE_NAME',
    kind: 'text',
    default: 'Touchstone',
    help: 'Name of the site, shown in the header and on documents.',
  },
  timezone: {
    name: 'TOUCHSTONE_TIMEZONE',
    kind: 'text',
    default: '',
    help: 'IANA zone of the site; fixed at the first start, the zone of the host when empty.',
  },
  instanceSecret: {
    name: 'TOUCHSTONE_INSTANCE_SECRET',
    kind: 'secret',
    default: '',
    help: '64 hexadecimal digits that several servers on one database share; a file in the data folder when empty.',
  },
  databaseUrl: {
    name: 'TOUCHSTONE_DATABASE_URL',
    kind: 'secret',
    default: '',
    help: 'postgres://… to use PostgreSQL; SQLite in the data folder when empty.',
  },
  databasePool: {
    name: 'TOUCHSTONE_DATABASE_POOL',
    kind: 'integer',
    default: '10',
    min: 2,
    max: 200,
    help: 'Connections to PostgreSQL at most.',
  },
  readers: {
    name: 'TOUCHSTONE_READERS',
    kind: 'integer',
    default: '2',
    min: 1,
    max: 32,
    help: 'Worker threads for heavy reads on SQLite.',
  },
  s3Bucket: {
    name: 'TOUCHSTONE_S3_BUCKET',
    kind: 'text',
    default: '',
    help: 'Bucket for files; the data folder when empty.',
  },
  s3Endpoint: {
    name: 'TOUCHSTONE_S3_ENDPOINT',
    kind: 'text',
    default: '',
    help: 'Address of an S3-compatible store that is not AWS.',
  },
  s3Region: {
    name: 'TOUCHSTONE_S3_REGION',
    kind: 'text',
    default: 'us-east-1',
    help: 'Region of the bucket.',
  },
  s3AccessKey: {
    name: 'TOUCHSTONE_S3_ACCESS_KEY',
    kind: 'text',
    default: '',
    help: 'Access key of the object store.',
  },
  s3SecretKey: {
    name: 'TOUCHSTONE_S3_SECRET_KEY',
    kind: 'secret',
    default: '',
    help: 'Secret key of the object store.',
  },
  smtpUrl: {
    name: 'TOUCHSTONE_SMTP_URL',
    kind: 'secret',
    default: '',
    help: 'smtp://… or smtps://…; mails are written into the data folder when empty.',
  },
  mailFrom: {
    name: 'TOUCHSTONE_MAIL_FROM',
    kind: 'text',
    default: 'Touchstone <touchstone@localhost>',
    help: 'Sender of mails.',
  },
  trustedProxies: {
    name: 'TOUCHSTONE_TRUSTED_PROXIES',
    kind: 'list',
    default: '',
    help: 'Addresses or networks whose X-Forwarded-* headers are believed.',
  },
  trustedAddresses: {
    name: 'TOUCHSTONE_TRUSTED_ADDRESSES',
    kind: 'list',
    default: '',
    help: 'Addresses that failed log-ins never lock out.',
  },
  dmlfSampleIds: {
    name: 'TOUCHSTONE_DMLF_SAMPLE_IDS',
    kind: 'text',
    default: 'lenient',
    help: 'How closely the numbers in ids of research samples are looked at: lenient, strict (as the DMLF does) or exact.',
  },
  dmlfWriteScope: {
    name: 'TOUCHSTONE_DMLF_WRITE_SCOPE',
    kind: 'text',
    default: 'own',
    help: 'Whose research samples and experiments somebody may write: own (of his or her institutes) or any.',
  },
  researchFileMib: {
    name: 'TOUCHSTONE_RESEARCH_FILE_MIB',
    kind: 'integer',
    default: '4096',
    min: 1,
    max: 1_048_576,
    help: 'Largest file of research data, in MiB.',
  },
  virusScanner: {
    name: 'TOUCHSTONE_VIRUS_SCANNER',
    kind: 'text',
    default: '',
    help: 'Command that gets the path of each uploaded research file: 0 takes it, 1 refuses it, such as clamdscan --no-summary --fdpass.',
  },
  throttlePerMinute: {
    name: 'TOUCHSTONE_THROTTLE_PER_MINUTE',
    kind: 'integer',
    default: '0',
    min: 0,
    max: 1_000_000,
    help: 'Requests a minute for each user of the machine-QA API; 0 means no limit.',
  },
  maxBodyMib: {
    name: 'TOUCHSTONE_MAX_BODY_MIB',
    kind: 'integer',
    default: '64',
    min: 1,
    max: 4096,
    help: 'Largest JSON body, files in base64 included.',
  },
  calculationProcesses: {
    name: 'TOUCHSTONE_CALCULATION_PROCESSES',
    kind: 'integer',
    default: '2',
    min: 1,
    max: 64,
    help: 'Python processes at most.',
  },
  calculationTimeoutS: {
    name: 'TOUCHSTONE_CALCULATION_TIMEOUT_S',
    kind: 'integer',
    default: '20',
    min: 1,
    max: 600,
    help: 'Seconds that one evaluation may take.',
  },
  calculationMemoryMib: {
    name: 'TOUCHSTONE_CALCULATION_MEMORY_MIB',
    kind: 'integer',
    default: '256',
    min: 64,
    max: 4096,
    help: 'Memory of one Python process.',
  },
  pythonPackages: {
    name: 'TOUCHSTONE_PYTHON_PACKAGES',
    kind: 'text',
    default: '',
    help: 'Folder with Python packages (wheels) for calculations.',
  },
  allowedHosts: {
    name: 'TOUCHSTONE_ALLOWED_HOSTS',
    kind: 'list',
    default: '',
    help: 'Hosts and networks on private addresses that the server may send requests to.',
  },
  dicomRegistration: {
    name: 'TOUCHSTONE_DICOM_REGISTRATION',
    kind: 'boolean',
    default: 'false',
    help: 'Lets anybody who reaches the server make an account for the DICOM API; always so in the demonstration.',
  },
  dicomUploadMib: {
    name: 'TOUCHSTONE_DICOM_UPLOAD_MIB',
    kind: 'integer',
    default: '512',
    min: 1,
    max: 65_536,
    help: 'Largest DICOM file or archive that is taken in or read.',
  },
  maxTestsPerList: {
    name: 'TOUCHSTONE_MAX_TESTS_PER_LIST',
    kind: 'integer',
    default: '250',
    min: 1,
    max: 10_000,
    help: 'Tests in one test list at most.',
  },
  qualityVisibility: {
    name: 'TOUCHSTONE_QUALITY_VISIBILITY',
    kind: 'text',
    default: 'public',
    help: 'Who sees new quality reports until their owners say otherwise: public, signed-in or named.',
  },
  qualityImportVisibility: {
    name: 'TOUCHSTONE_QUALITY_IMPORT_VISIBILITY',
    kind: 'text',
    default: 'signed-in',
    help: 'Who sees imported quality reports until their owners say otherwise: public, signed-in or named.',
  },
  qualityImportWithoutCredentials: {
    name: 'TOUCHSTONE_QUALITY_IMPORT_WITHOUT_CREDENTIALS',
    kind: 'boolean',
    default: 'false',
    help: 'Whether a quality report whose credentials were encrypted for another server is imported without them.',
  },
  qualitySessionHours: {
    name: 'TOUCHSTONE_QUALITY_SESSION_HOURS',
    kind: 'integer',
    default: '120',
    min: 1,
    max: 8760,
    help: 'Hours that a log-in of the quality API lasts.',
  },
  logLevel: {
    name: 'TOUCHSTONE_LOG_LEVEL',
    kind: 'text',
    default: 'info',
    help: 'trace, debug, info, warn, error or silent.',
  },
} as const satisfies Readonly<Record<string, Setting>>

export type SettingKey = keyof typeof SETTINGS
