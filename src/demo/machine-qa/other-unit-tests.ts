import { type DemoTest, inSession, testsOf } from './demo-test.ts'

const safety = testsOf('Safety')
const mechanical = testsOf('Mechanical')
const dosimetry = testsOf('Dosimetry')
const imaging = testsOf('Imaging')
const documents = testsOf('Documentation')
const examples = testsOf('Examples')

const AUTO = { autoReviewed: true }

export const CT_DAILY_TESTS: readonly DemoTest[] = [
  safety.yes('ct_door', 'CT door and warning lights', AUTO),
  mechanical.measured('ct_lasers', 'CT lasers', 0, { sd: 0.3, decimals: 1 }, { tolerance: 'mm', ...AUTO }),
  imaging.measured(
    'ct_water',
    'CT number of water',
    0,
    { sd: 1.2, decimals: 1 },
    { tolerance: 'hu', ...AUTO },
  ),
  imaging.measured(
    'ct_noise',
    'CT noise',
    4.2,
    { sd: 0.12, decimals: 2, driftPerYear: 0.2 },
    { tolerance: 'noise', ...AUTO },
  ),
]

export const CT_MONTHLY_TESTS: readonly DemoTest[] = [
  imaging.measured('ct_bone', 'CT number of bone', 860, { sd: 2, decimals: 0 }, { tolerance: 'hu' }),
  imaging.measured('ct_lung', 'CT number of lung', -780, { sd: 2, decimals: 0 }, { tolerance: 'hu' }),
  imaging.measured(
    'ct_adipose',
    'CT number of adipose tissue',
    -95,
    { sd: 1.6, decimals: 0 },
    { tolerance: 'hu' },
  ),
  imaging.measured('ct_slice', 'Slice width', 2.5, { sd: 0.06, decimals: 2 }, { tolerance: 'half' }),
  mechanical.measured('ct_couch', 'CT couch travel', 300, { sd: 0.25, decimals: 1 }, { tolerance: 'mm' }),
]

export const CT_ANNUAL_TESTS: readonly DemoTest[] = [
  dosimetry.measured('ctdi', 'CTDIvol, body', 12.4, { sd: 0.15, decimals: 2 }, { tolerance: 'constancy' }),
  dosimetry.measured('ct_kvp', 'Tube voltage', 120, { sd: 0.8, decimals: 1 }, { tolerance: 'constancy' }),
  documents.other('ct_report', 'Report number', 'string', { words: ['CT-ANNUAL'] }),
]

export const HDR_DAILY_TESTS: readonly DemoTest[] = [
  safety.yes('hdr_door', 'HDR door interlock', AUTO),
  safety.yes('hdr_monitor', 'HDR radiation monitor', AUTO),
  safety.yes('hdr_stop', 'HDR interrupt button', AUTO),
  mechanical.measured(
    'hdr_position',
    'Source position',
    1500,
    { sd: 0.3, decimals: 1 },
    { tolerance: 'mm', ...AUTO },
  ),
  mechanical.measured(
    'hdr_timer',
    'Timer over 60 s',
    60,
    { sd: 0.12, decimals: 1 },
    { tolerance: 'half', ...AUTO },
  ),
]

export const HDR_SOURCE_TESTS: readonly DemoTest[] = [
  documents.other('source_number', 'Source number', 'string', {
    words: ['NLF-2201', 'NLF-2217', 'NLF-2240', 'NLF-2263'],
  }),
  documents.other('exchange_date', 'Exchanged on', 'date'),
  documents.other('exchange_end', 'Ready for use', 'datetime'),
  dosimetry.measured('certificate_strength', 'Strength by certificate', 40_820, { sd: 350, decimals: 0 }),
  dosimetry.measured('measured_strength', 'Measured strength', 40_760, { sd: 380, decimals: 0 }),
  dosimetry.calculated(
    'strength_ratio',
    'Measured to certificate',
    'strength_ratio = measured_strength / certificate_strength * 100',
    (values) => (inSession(values, 'measured_strength') / inSession(values, 'certificate_strength')) * 100,
    { nominal: 100, tolerance: 'output', formatting: '%.2f' },
  ),
]

export const HDR_QUARTERLY_TESTS: readonly DemoTest[] = [
  mechanical.measured(
    'applicator_length',
    'Applicator length',
    1320,
    { sd: 0.3, decimals: 1 },
    { tolerance: 'mm' },
  ),
  safety.yes('hdr_retract', 'Manual retraction'),
  safety.yes('hdr_backup', 'Power failure and recovery'),
]

/** Two lists that take turns, filled by scripts. */
export const CYCLE_TESTS: readonly DemoTest[] = [
  examples.measured(
    'morning_output',
    'Morning output',
    100,
    { sd: 0.5, decimals: 2 },
    { tolerance: 'output' },
  ),
  examples.measured(
    'morning_energy',
    'Morning energy ratio',
    0.667,
    { sd: 0.002, decimals: 4 },
    { tolerance: 'percentPoint' },
  ),
  examples.measured(
    'evening_output',
    'Evening output',
    100,
    { sd: 0.5, decimals: 2 },
    { tolerance: 'output' },
  ),
  examples.measured(
    'evening_flatness',
    'Evening flatness',
    103,
    { sd: 0.3, decimals: 2 },
    { tolerance: 'symmetry' },
  ),
]

/** Accept any file: without a procedure nothing is read from it. */
export const UPLOAD_TESTS: readonly DemoTest[] = [
  examples.other('upload_text_test', 'Upload a text', 'upload', { description: '<p>Any file.</p>' }),
  examples.other('upload_binary_test', 'Upload a picture', 'upload', {
    displayImage: true,
    description: '<p>Any file.</p>',
  }),
]

/** The example of the users' document: nothing is compared, nothing is due. */
export const API_EXAMPLE_TESTS: readonly DemoTest[] = [
  examples.other('number_1', 'Number 1', 'simple'),
  examples.other('number_2', 'Number 2', 'simple'),
  examples.calculated(
    'sum_of_two',
    'Sum of two',
    'sum_of_two = number_1 + number_2',
    (values) => inSession(values, 'number_1') + inSession(values, 'number_2'),
  ),
]
