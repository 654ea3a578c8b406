import { calendar } from '../sources/calendar.ts'
import { cobertura, jacoco } from '../sources/coverage.ts'
import { gatling } from '../sources/gatling.ts'
import { genericJson } from '../sources/generic-json.ts'
import { gitlab } from '../sources/gitlab.ts'
import { jira } from '../sources/jira.ts'
import { jmeterCsv } from '../sources/jmeter-csv.ts'
import { jmeterJson } from '../sources/jmeter-json.ts'
import { junit } from '../sources/junit.ts'
import { manualNumber, manualVersion } from '../sources/manual.ts'
import { owaspDependencyCheckJson, owaspDependencyCheckXml } from '../sources/owasp-dependency-check.ts'
import { owaspZap } from '../sources/owasp-zap.ts'
import { qualityTime } from '../sources/quality-time.ts'
import { robotFramework } from '../sources/robot-framework.ts'
import { sarifJson } from '../sources/sarif-json.ts'
import { sonarqube } from '../sources/sonarqube.ts'
import { testng } from '../sources/testng.ts'
import { touchstone } from '../sources/touchstone.ts'
import { trivyJson } from '../sources/trivy-json.ts'
import { visualStudioTrx } from '../sources/visual-studio-trx.ts'
import type { SourceReader, SourceReaders } from './source-reader.ts'

/** Every source that can be read, by its key in the catalogue. The others keep their configuration and wait. */
export const READERS: Readonly<Record<string, SourceReaders>> = {
  manual_number: manualNumber,
  manual_version: manualVersion,
  calendar,
  cobertura,
  gatling,
  generic_json: genericJson,
  gitlab,
  jacoco,
  jira,
  jmeter_csv: jmeterCsv,
  jmeter_json: jmeterJson,
  junit,
  owasp_dependency_check_json: owaspDependencyCheckJson,
  owasp_dependency_check_xml: owaspDependencyCheckXml,
  owasp_zap: owaspZap,
  quality_time: qualityTime,
  robot_framework: robotFramework,
  sarif_json: sarifJson,
  sonarqube,
  testng,
  trivy_json: trivyJson,
  visual_studio_trx: visualStudioTrx,
  touchstone,
}

export function findReader(sourceType: string, metricType: string): SourceReader | undefined {
  const readers = Object.hasOwn(READERS, sourceType) ? READERS[sourceType] : undefined
  return readers && Object.hasOwn(readers, metricType) ? readers[metricType] : undefined
}
