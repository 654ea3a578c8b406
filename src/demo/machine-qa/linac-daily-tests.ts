import { type DemoTest, type DemoValues, inSession, testsOf } from './demo-test.ts'

const safety = testsOf('Safety')
const mechanical = testsOf('Mechanical')
const dosimetry = testsOf('Dosimetry')
const environment = testsOf('Environment')

const AUTO = { autoReviewed: true }

/** Air density correction of an open ionisation chamber to 22 °C and 101.33 kPa. */
export function airDensity(values: DemoValues): number {
  return ((273.15 + inSession(values, 'temperature')) / 295.15) * (101.33 / inSession(values, 'pressure'))
}

/** What the chamber corrections need, on their own list. */
export const CHAMBER_TESTS: readonly DemoTest[] = [
  environment.measured(
    'temperature',
    'Temperature',
    22,
    { sd: 0.6, decimals: 1 },
    {
      description: '<p>Temperature at the chamber in °C, after ten minutes.</p>',
      ...AUTO,
    },
  ),
  environment.measured(
    'pressure',
    'Pressure',
    101.3,
    { sd: 0.7, decimals: 2 },
    {
      description: '<p>Air pressure in kPa, not reduced to sea level.</p>',
      ...AUTO,
    },
  ),
  environment.calculated(
    'k_tp',
    'Air density correction',
    'k_tp = (273.15 + temperature) / 295.15 * 101.33 / pressure',
    airDensity,
    {
      formatting: '%.4f',
      ...AUTO,
    },
  ),
]

const output = (reading: string) => (values: DemoValues) =>
  inSession(values, reading) * airDensity(values) * 5

/** What a linac is asked every morning. */
export const DAILY_TESTS: readonly DemoTest[] = [
  safety.yes('door_interlock', 'Door interlock', {
    description: '<p>Open the door while the beam is on. The beam must stop at once.</p>',
    ...AUTO,
  }),
  safety.yes('beam_on_light', 'Beam-on indicators', AUTO),
  safety.yes('audio_visual', 'Audio and video monitors', AUTO),
  mechanical.measured(
    'laser_lateral',
    'Lateral lasers',
    0,
    { sd: 0.25, decimals: 1, driftPerYear: 0.5 },
    {
      tolerance: 'mm',
      description: '<p>Distance from the isocentre in mm.</p>',
      ...AUTO,
    },
  ),
  mechanical.measured(
    'laser_sagittal',
    'Sagittal laser',
    0,
    { sd: 0.25, decimals: 1 },
    { tolerance: 'mm', ...AUTO },
  ),
  mechanical.measured(
    'odi_100',
    'Distance indicator at 100 cm',
    100,
    { sd: 0.05, decimals: 1 },
    {
      description: '<p>In cm.</p>',
      ...AUTO,
    },
  ),
  dosimetry.measured(
    'reading_6x',
    '6 MV reading',
    20,
    { sd: 0.1, decimals: 3, driftPerYear: 0.6, dividedBy: airDensity },
    {
      description: '<p>100 MU, 10 cm x 10 cm, in nC.</p>',
      ...AUTO,
    },
  ),
  dosimetry.calculated(
    'output_6x',
    '6 MV output',
    'output_6x = reading_6x * k_tp * 5',
    output('reading_6x'),
    {
      nominal: 100,
      tolerance: 'output',
      formatting: '%.2f',
      description: '<p>In per cent of the calibration.</p>',
      ...AUTO,
    },
  ),
  dosimetry.measured(
    'symmetry_6x',
    '6 MV symmetry',
    100,
    { sd: 0.3, decimals: 2, driftPerYear: 0.3 },
    {
      tolerance: 'symmetry',
      ...AUTO,
    },
  ),
]

/** A second energy, on units that have it. */
export const DAILY_TEN_MV_TESTS: readonly DemoTest[] = [
  dosimetry.measured(
    'reading_10x',
    '10 MV reading',
    20,
    { sd: 0.1, decimals: 3, driftPerYear: 0.4, dividedBy: airDensity },
    AUTO,
  ),
  dosimetry.calculated(
    'output_10x',
    '10 MV output',
    'output_10x = reading_10x * k_tp * 5',
    output('reading_10x'),
    {
      nominal: 100,
      tolerance: 'output',
      formatting: '%.2f',
      ...AUTO,
    },
  ),
]
