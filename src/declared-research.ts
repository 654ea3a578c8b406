import { type Config, ConfigError } from './config.ts'
import { declaredEquipmentStates } from './declared-equipment.ts'
import { CODE_POLICIES } from './modules/research/domain/sample-id.ts'
import type { ResearchServices } from './modules/research/research-services.ts'
import { scannerOf } from './modules/research/scan-file.ts'

const WRITE_SCOPES = ['own', 'any'] as const

/** What research data gets from the settings and from the other parts. @throws ConfigError */
export function researchServicesOf(config: Config): ResearchServices {
  const equipment = declaredEquipmentStates()
  return {
    codePolicy: oneOf(CODE_POLICIES, config.dmlfSampleIds, 'TOUCHSTONE_DMLF_SAMPLE_IDS'),
    writeScope: oneOf(WRITE_SCOPES, config.dmlfWriteScope, 'TOUCHSTONE_DMLF_WRITE_SCOPE'),
    largestFileBytes: config.researchFileMib * 2 ** 20,
    scan: scannerOf(config.virusScanner),
    equipmentStates: (ctx, ids, at) => equipment.statesAt(ctx, ids, at),
  }
}

function oneOf<const W extends string>(words: readonly W[], given: string, name: string): W {
  const found = words.find((word) => word === given)
  if (found === undefined) throw new ConfigError([`${name} must be one of ${words.join(', ')}`])
  return found
}
