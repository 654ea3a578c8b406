const OWNED =
  /^\/((institutes|methods|fundingbodies|projects|sampletypes|samples|experiments|staff)(\/|\.json$|$)|media\/(sample_info|supplementary_files|experiment_files|method_files|project_files)\/|api\/sample-type-info(\/|$)|api-token-auth(\/|$)|s\/)/

/** The paths of the documented research data API, and of the codes on labels. */
export function ownsDmlf(path: string): boolean {
  return OWNED.test(path)
}
