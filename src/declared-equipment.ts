import { type EquipmentStates, equipmentStates } from './modules/equipment/state-at.ts'
import { INSTRUMENT_STATE_PROVIDER } from './modules/lims/instruments/instrument-states.ts'
import { machineQaStates } from './modules/machine-qa/unit-state.ts'

/** Whether equipment was fit for use, by everything that knows about it: QA of units, certificates of instruments. */
export function declaredEquipmentStates(): EquipmentStates {
  return equipmentStates([machineQaStates(), INSTRUMENT_STATE_PROVIDER])
}
