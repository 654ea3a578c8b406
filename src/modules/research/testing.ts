import type { ResearchServices } from './research-services.ts'

/** Services of a test: the defaults of a site, small files, no scanner, equipment of which nothing is known. */
export function makeResearchServices(parts: Partial<ResearchServices> = {}): ResearchServices {
  return {
    codePolicy: 'lenient',
    writeScope: 'own',
    largestFileBytes: 2 ** 20,
    scan: undefined,
    equipmentStates: async () => new Map(),
    ...parts,
  }
}
