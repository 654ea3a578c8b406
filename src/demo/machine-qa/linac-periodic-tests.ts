import { type DemoTest, inSession, testsOf } from './demo-test.ts'

const safety = testsOf('Safety')
const mechanical = testsOf('Mechanical')
const dosimetry = testsOf('Dosimetry')
const imaging = testsOf('Imaging')
const collimators = testsOf('Collimators')
const documents = testsOf('Documentation')

const STEADY_MM = { sd: 0.2, decimals: 1 }
const STEADY_DEGREES = { sd: 0.12, decimals: 1 }

export const WEEKLY_TESTS: readonly DemoTest[] = [
  mechanical.measured(
    'field_light_10x10',
    'Light field 10 cm x 10 cm',
    100,
    { sd: 0.3, decimals: 1 },
    { tolerance: 'mm' },
  ),
  mechanical.measured('crosshair_centre', 'Cross-hair centring', 0, STEADY_MM, { tolerance: 'mm' }),
  mechanical.other('gantry_readout', 'Gantry at 0°', 'wraparound', {
    wrapLow: 0,
    wrapHigh: 360,
    nominal: 0,
    tolerance: 'half',
    signal: { sd: 0.15, decimals: 1 },
    formatting: '%.1f',
  }),
  mechanical.other('collimator_readout', 'Collimator at 180°', 'wraparound', {
    wrapLow: 0,
    wrapHigh: 360,
    nominal: 180,
    tolerance: 'half',
    signal: { sd: 0.15, decimals: 1 },
    formatting: '%.1f',
  }),
  mechanical.measured(
    'couch_vertical',
    'Couch travel, vertical',
    200,
    { sd: 0.25, decimals: 1 },
    { tolerance: 'mm' },
  ),
  safety.yes('emergency_off', 'Emergency off in the room', {
    description: '<p>One button each week, in turn.</p>',
  }),
]

export const ELECTRON_TESTS: readonly DemoTest[] = ['6', '9', '12', '16'].map((energy) =>
  dosimetry.measured(
    `output_${energy}e`,
    `${energy} MeV output`,
    100,
    { sd: 0.5, decimals: 2, driftPerYear: 0.8 },
    {
      tolerance: 'output',
    },
  ),
)

export const COUCH_TESTS: readonly DemoTest[] = [
  mechanical.measured(
    'couch_sag',
    'Couch sag with 75 kg',
    1.2,
    { sd: 0.15, decimals: 1 },
    { tolerance: 'mm' },
  ),
  mechanical.measured(
    'couch_rotation',
    'Couch rotation, walk-out',
    0.4,
    { sd: 0.1, decimals: 2 },
    {
      tolerance: 'atMostMm',
    },
  ),
  safety.yes('couch_stop', 'Couch emergency stop'),
]

export const MONTHLY_DOSIMETRY_TESTS: readonly DemoTest[] = [
  dosimetry.other('chamber', 'Chamber', 'multchoice', {
    choices: 'Farmer 0.6 cm³,Pinpoint 0.015 cm³',
    words: ['Farmer 0.6 cm³'],
  }),
  dosimetry.other('calibration_factor', 'Calibration factor', 'constant', {
    constantValue: 0.05032,
    formatting: '%.5f',
  }),
  dosimetry.measured('charge_1', '6 MV charge, first', 19.87, { sd: 0.04, decimals: 3, driftPerYear: 0.3 }),
  dosimetry.measured('charge_2', '6 MV charge, second', 19.87, { sd: 0.04, decimals: 3, driftPerYear: 0.3 }),
  dosimetry.calculated(
    'dose_per_mu',
    '6 MV dose per monitor unit',
    'mean = (charge_1 + charge_2) / 2\nresult = mean * calibration_factor',
    (values) =>
      ((inSession(values, 'charge_1') + inSession(values, 'charge_2')) / 2) *
      inSession(values, 'calibration_factor'),
    { nominal: 1, tolerance: 'output', formatting: '%.4f' },
  ),
  dosimetry.measured(
    'tpr_20_10',
    '6 MV TPR 20/10',
    0.667,
    { sd: 0.0015, decimals: 4 },
    { tolerance: 'percentPoint' },
  ),
  dosimetry.measured(
    'flatness_6x',
    '6 MV flatness',
    103,
    { sd: 0.25, decimals: 2 },
    { tolerance: 'symmetry' },
  ),
  dosimetry.measured(
    'linearity',
    'Monitor linearity',
    100,
    { sd: 0.3, decimals: 2 },
    { tolerance: 'symmetry' },
  ),
  dosimetry.other('remarks', 'Remarks', 'string', {
    words: ['', 'Chamber of unit 2 borrowed', 'After service of the gun'],
    skipWithoutComment: true,
  }),
]

export const MONTHLY_MECHANICAL_TESTS: readonly DemoTest[] = [
  mechanical.measured(
    'isocentre_gantry',
    'Isocentre, gantry',
    0.45,
    { sd: 0.08, decimals: 2 },
    { tolerance: 'atMostMm' },
  ),
  mechanical.measured(
    'isocentre_collimator',
    'Isocentre, collimator',
    0.3,
    { sd: 0.07, decimals: 2 },
    { tolerance: 'atMostMm' },
  ),
  mechanical.measured(
    'isocentre_couch',
    'Isocentre, couch',
    0.5,
    { sd: 0.08, decimals: 2 },
    { tolerance: 'atMostMm' },
  ),
  ...['0', '90', '180', '270'].map((angle) =>
    mechanical.measured(`gantry_level_${angle}`, `Gantry level at ${angle}°`, Number(angle), STEADY_DEGREES, {
      tolerance: 'half',
    }),
  ),
  ...['x1', 'x2', 'y1', 'y2'].map((jaw) =>
    mechanical.measured(`jaw_${jaw}`, `Jaw ${jaw.toUpperCase()} at 5 cm`, 50, STEADY_MM, { tolerance: 'mm' }),
  ),
  mechanical.measured(
    'odi_80',
    'Distance indicator at 80 cm',
    80,
    { sd: 0.05, decimals: 1 },
    { tolerance: 'mm' },
  ),
  mechanical.measured(
    'odi_120',
    'Distance indicator at 120 cm',
    120,
    { sd: 0.05, decimals: 1 },
    { tolerance: 'mm' },
  ),
]

export const MONTHLY_IMAGING_TESTS: readonly DemoTest[] = [
  imaging.measured(
    'kv_isocentre',
    'kV and MV isocentre',
    0.3,
    { sd: 0.1, decimals: 2 },
    { tolerance: 'atMostMm' },
  ),
  imaging.measured(
    'kv_contrast',
    'kV low-contrast discs',
    12,
    { sd: 0.6, decimals: 0 },
    { tolerance: 'noise' },
  ),
  imaging.measured('cbct_water', 'CBCT water', 0, { sd: 2, decimals: 1 }, { tolerance: 'hu' }),
  imaging.measured('cbct_uniformity', 'CBCT uniformity', 0, { sd: 1.8, decimals: 1 }, { tolerance: 'hu' }),
  imaging.measured(
    'cbct_scale',
    'CBCT scale over 100 mm',
    100,
    { sd: 0.15, decimals: 1 },
    { tolerance: 'half' },
  ),
  imaging.yes('imager_collision', 'Imager collision switches'),
]

export const MLC_TESTS: readonly DemoTest[] = [
  collimators.measured(
    'picket_fence',
    'Picket fence, largest deviation',
    0.25,
    { sd: 0.07, decimals: 2, driftPerYear: 0.15 },
    {
      tolerance: 'atMostMm',
    },
  ),
  collimators.measured(
    'leaf_speed',
    'Slowest leaf',
    25,
    { sd: 0.2, decimals: 1 },
    { tolerance: 'constancy' },
  ),
  collimators.measured(
    'leakage',
    'Transmission between leaves',
    1.6,
    { sd: 0.05, decimals: 2 },
    { tolerance: 'constancy' },
  ),
  collimators.measured('dlg', 'Dosimetric leaf gap', 1.5, { sd: 0.03, decimals: 2 }, { tolerance: 'half' }),
  collimators.yes('mlc_interlock', 'Leaf position interlock'),
]

export const ANNUAL_TESTS: readonly DemoTest[] = [
  ...['5', '10', '20', '30'].map((size) =>
    dosimetry.measured(
      `output_factor_${size}`,
      `Output factor ${size} cm`,
      0.9 + 0.06 * Math.log10(Number(size)),
      { sd: 0.002, decimals: 4 },
      {
        tolerance: 'percentPoint',
      },
    ),
  ),
  ...['5', '10', '20'].map((depth) =>
    dosimetry.measured(
      `pdd_${depth}`,
      `Depth dose at ${depth} cm`,
      110 - 2.4 * Number(depth),
      { sd: 0.2, decimals: 2 },
      { tolerance: 'symmetry' },
    ),
  ),
  dosimetry.measured(
    'absolute_dose',
    'Absolute dose in water',
    1,
    { sd: 0.004, decimals: 4 },
    { tolerance: 'output' },
  ),
  safety.yes('survey', 'Radiation survey', { description: '<p>With the survey form of the department.</p>' }),
  documents.other('survey_date', 'Date of the survey', 'date'),
]

export const PATIENT_TESTS: readonly DemoTest[] = [
  documents.other('plan_label', 'Plan', 'string', {
    words: ['PROSTATE VMAT', 'H&N 3 ARC', 'LUNG SBRT', 'BRAIN SRS'],
  }),
  dosimetry.measured('gamma_pass', 'Gamma 3 % / 2 mm', 100, { sd: 0.9, decimals: 1 }, { tolerance: 'gamma' }),
  dosimetry.other('delivery', 'Delivery', 'multchoice', {
    choices: 'Pass,Pass with remark,Fail',
    tolerance: 'passOrNote',
    words: ['Pass', 'Pass with remark'],
  }),
  documents.other('summary', 'Summary', 'scomposite', {
    procedure: 'summary = "%s: %.1f %%" % (plan_label, gamma_pass)',
    compose: (values, texts) => `${texts.plan_label}: ${inSession(values, 'gamma_pass').toFixed(1)} %`,
  }),
]

export const ACCESSORY_TESTS: readonly DemoTest[] = [
  safety.yes('wedges_intact', 'Wedges and trays intact', { flagWhen: false }),
  safety.yes('applicators_intact', 'Applicators intact', { flagWhen: false }),
]

export const MAINTENANCE_TESTS: readonly DemoTest[] = [
  documents.other('work_done', 'Work done', 'string', {
    requireComment: true,
    words: ['Magnetron replaced', 'Couch drive repaired', 'Imager panel replaced'],
  }),
  documents.other('released_at', 'Released for treatment', 'datetime'),
  dosimetry.measured(
    'release_output',
    'Output before release',
    100,
    { sd: 0.4, decimals: 2 },
    { tolerance: 'output' },
  ),
]
