import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { READERS } from '../collector/readers.ts'
import { CATALOGUE } from '../domain/catalogue/catalogue.ts'
import { failureOf, readContent, SOURCE_URL } from './testing.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

const COBERTURA =
  '<?xml version="1.0" ?><!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd"><coverage version="7.6.1" timestamp="1795341600000" lines-valid="200" lines-covered="150" line-rate="0.75" branches-valid="40" branches-covered="30" branch-rate="0.75"><packages/></coverage>'
const JACOCO =
  '<?xml version="1.0"?><report name="dose"><sessioninfo id="b" start="1795160000000" dump="1795168800000"/><sessioninfo id="c" dump="1"/><package name="p"><counter type="LINE" missed="1" covered="1"/></package><counter type="LINE" missed="12" covered="88"/><counter type="BRANCH" missed="3" covered="7"/></report>'
const TRIVY = JSON.stringify({
  SchemaVersion: 2,
  CreatedAt: '2026-11-20T08:00:00.123456789Z',
  Results: [
    { Target: 'os', Vulnerabilities: null },
    {
      Target: 'app/package-lock.json',
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2026-1',
          PkgName: 'left',
          InstalledVersion: '1.0.0',
          Severity: 'HIGH',
          FixedVersion: '1.0.1',
          References: ['https://x.org/1'],
        },
        {
          VulnerabilityID: 'CVE-2026-2',
          PkgName: 'right',
          InstalledVersion: '2.0',
          Severity: 'LOW',
          Title: 'T',
        },
        { VulnerabilityID: 'CVE-2026-1', PkgName: 'left', InstalledVersion: '1.0.0', Severity: 'HIGH' },
      ],
    },
  ],
})
const ZAP = `<?xml version="1.0"?><OWASPZAPReport version="D-2024-01-02" generated="Fri, 20 Nov 2026 02:00:00"><site name="x"><alerts>
<alertitem><pluginid>10021</pluginid><alert>No sniff</alert><name>No sniff</name><riskcode>1</riskcode><riskdesc>Low (Medium)</riskdesc><desc>&lt;p&gt;Text&lt;/p&gt;</desc><cweid>693</cweid><wascid>15</wascid>
<instances><instance><uri>https://a.org/0123456789abcdef0123456789</uri><method>GET</method></instance><instance><uri>https://a.org/s;id=7</uri><method>GET</method></instance><instance><uri>https://a.org/s;id=8</uri><method>GET</method></instance></instances></alertitem>
<alertitem><pluginid>1</pluginid><alert>Bad</alert><riskcode>3</riskcode><cweid>1</cweid><wascid>2</wascid><instances/></alertitem></alerts></site></OWASPZAPReport>`
const CHECK_XML = `<?xml version="1.0"?><analysis xmlns="https://jeremylong.github.io/DependencyCheck/dependency-check.4.0.xsd"><scanInfo><engineVersion>9.0.9</engineVersion></scanInfo><projectInfo><reportDate>2026-11-19T09:00:00.5Z</reportDate></projectInfo><dependencies>
<dependency><fileName>a.jar</fileName><filePath>/tmp/build-17/a.jar</filePath><vulnerabilities><vulnerability source="NVD"><severity>MEDIUM</severity></vulnerability><vulnerability><severity>CRITICAL</severity></vulnerability></vulnerabilities></dependency>
<dependency><fileName>b.jar</fileName><filePath>/b.jar</filePath><sha1>abc123</sha1><relatedDependencies><relatedDependency><sha1>zzz</sha1></relatedDependency></relatedDependencies></dependency></dependencies></analysis>`
const CHECK_JSON = JSON.stringify({
  reportSchema: '1.1',
  scanInfo: { engineVersion: '9.1.0' },
  projectInfo: { reportDate: '2026-11-21T10:00:00Z' },
  dependencies: [
    {
      fileName: 'b.jar',
      filePath: '/b.jar',
      sha1: 'abc123',
      vulnerabilities: [{ severity: 'HIGH' }, { severity: 'low' }],
    },
  ],
})
const SARIF = JSON.stringify({
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          rules: [
            {
              id: 'R1',
              shortDescription: { text: 'Short' },
              fullDescription: { text: 'Full' },
              helpUri: 'https://r.org/1',
            },
            { id: 'R2', defaultConfiguration: { level: 'error' }, shortDescription: { text: 'Two' } },
          ],
        },
        extensions: [{ rules: [{ id: 'X1', shortDescription: { text: 'Extended' } }] }],
      },
      results: [
        {
          ruleId: 'R1',
          level: 'note',
          message: { text: 'm' },
          locations: [
            { physicalLocation: { artifactLocation: { uri: 'src/a.ts' } } },
            { physicalLocation: { artifactLocation: { uri: 'src/b.ts' } } },
          ],
        },
        { ruleIndex: 1, message: { text: 'n' } },
        { ruleId: 'X1', message: { text: 'o' } },
      ],
    },
  ],
})
const ROBOT = `<?xml version="1.0"?><robot generator="Robot 7.0.1 (Python 3.12 on linux)" generated="2026-11-21T02:00:00.123456"><suite id="s1" name="Acceptance"><suite id="s1-s1" name="Dose"><doc>About dose.</doc><test id="s1-s1-t1" name="DOSE-1 adds"><kw name="x"><status status="FAIL"/></kw><status status="PASS"/></test><test id="s1-s1-t2" name="fails"><status status="FAIL">why</status></test></suite><status status="FAIL"/></suite><statistics><total><stat pass="9" fail="9" skip="9">Critical Tests</stat><stat pass="1" fail="1" skip="0">All Tests</stat></total></statistics></robot>`
const TESTNG = `<?xml version="1.0"?><testng-results ignored="1" total="4" passed="2" failed="1" skipped="0"><suite name="All" finished-at="2026-11-20T10:00:00Z"><test name="t"><class name="org.Dose"><test-method status="PASS" name="setUp" is-config="true"/><test-method status="PASS" name="adds" description="QA-7"/><test-method status="FAIL" name="fails"/></class></test></suite></testng-results>`
const TRX = `<?xml version="1.0"?><TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Times creation="2026-11-21T10:00:00.0000000+00:00"/><Results><UnitTestResult testId="i1" outcome="Passed"/><UnitTestResult testId="i2" outcome="Failed"/></Results><TestDefinitions><UnitTest id="i1" name="Adds"><TestCategory><TestCategoryItem TestCategory="for QA-12"/></TestCategory></UnitTest><UnitTest id="i2" name="Fails"/></TestDefinitions></TestRun>`
const JMETER_CSV = `timeStamp,elapsed,label,responseCode,responseMessage,threadName,success
1795341600000,100,home,200,OK,t,true
1795341660000,300,home,200,OK,t,false
1795341720000,900,home,,"Number of samples in transaction : 2, failed: 1",t,true
1795341730000,2000,pay,200,OK,t,true
`
const JMETER_JSON = JSON.stringify({
  home: {
    transaction: 'home',
    sampleCount: 10,
    errorCount: 2,
    errorPct: 20,
    meanResTime: 120.46,
    medianResTime: 100,
    minResTime: 9,
    maxResTime: 1500,
    pct1ResTime: 1001,
    pct2ResTime: 1200,
    pct3ResTime: 1400,
  },
  Total: { transaction: 'Total', sampleCount: 10, errorCount: 2 },
})
const GATLING = `<html><span class="simulation-information-label">Version: </span><span>3.11.1</span><span class="simulation-information-label">Date: </span> <span>2026-11-20 09:00:00 GMT</span><span class="simulation-information-label">Duration: </span><span>1h 2m 33s</span>
<table><tbody id="container_statistics_body"><tr><td class="total col-1"><span class="name"><span class="ellipsed-name">Pay &amp; go</span><span class="value">x</span></span></td><td class="value total col-2">20</td><td class="value ok col-3">19</td><td class="value ko col-4">1</td><td class="col-7">10</td><td class="col-8">50</td><td class="col-9">75</td><td class="col-10">1,200</td><td class="col-11">1300</td><td class="col-12">1400</td><td class="col-13">60</td></tr>
<tr><td class="col-1"><span class="ellipsed-name">Home</span></td><td class="col-2">5</td><td class="col-4">-</td><td class="col-10">9</td></tr></tbody></table></html>`

describe('files of tools', () => {
  it.each([
    ['cobertura', 'uncovered_lines', COBERTURA, {}, '50', '200'],
    ['cobertura', 'uncovered_branches', COBERTURA, {}, '10', '40'],
    ['cobertura', 'uncovered_lines', '<coverage/>', {}, '0', '0'],
    ['cobertura', 'source_version', COBERTURA, {}, '7.6.1', undefined],
    ['cobertura', 'source_version', '<coverage/>', {}, '0', undefined],
    [
      'cobertura',
      'source_up_to_dateness',
      COBERTURA.replace('1795341600000', '1795168800'),
      {},
      '2',
      undefined,
    ],
    ['jacoco', 'uncovered_lines', JACOCO, {}, '12', '100'],
    ['jacoco', 'uncovered_branches', JACOCO, {}, '3', '10'],
    ['jacoco', 'source_up_to_dateness', JACOCO, {}, '2', undefined],
    ['trivy_json', 'security_warnings', TRIVY, {}, '2', undefined],
    ['trivy_json', 'security_warnings', TRIVY, { levels: ['high', 'critical'] }, '1', undefined],
    [
      'trivy_json',
      'security_warnings',
      TRIVY,
      { fix_availability: ['no fix available'], levels: ['low'] },
      '1',
      undefined,
    ],
    ['trivy_json', 'security_warnings', TRIVY, { fix_availability: ['fix available'] }, '1', undefined],
    ['trivy_json', 'security_warnings', '{"SchemaVersion": 2}', {}, '0', undefined],
    ['trivy_json', 'source_up_to_dateness', TRIVY, {}, '2', undefined],
    ['owasp_zap', 'security_warnings', ZAP, {}, '3', undefined],
    ['owasp_zap', 'security_warnings', ZAP, { variable_url_regexp: ['id=\\d+'] }, '2', undefined],
    ['owasp_zap', 'security_warnings', ZAP, { alerts: 'alert types' }, '2', undefined],
    ['owasp_zap', 'security_warnings', ZAP, { alerts: 'alert types', risks: ['high'] }, '1', undefined],
    ['owasp_zap', 'source_version', ZAP, {}, '2024.1.2', undefined],
    ['owasp_zap', 'source_up_to_dateness', ZAP, {}, '2', undefined],
    ['owasp_dependency_check_xml', 'dependencies', CHECK_XML, {}, '2', undefined],
    ['owasp_dependency_check_xml', 'security_warnings', CHECK_XML, {}, '1', undefined],
    ['owasp_dependency_check_xml', 'security_warnings', CHECK_XML, { severities: ['low'] }, '0', undefined],
    ['owasp_dependency_check_xml', 'source_version', CHECK_XML, {}, '9.0.9', undefined],
    ['owasp_dependency_check_xml', 'source_up_to_dateness', CHECK_XML, {}, '3', undefined],
    ['owasp_dependency_check_json', 'security_warnings', CHECK_JSON, {}, '1', undefined],
    ['owasp_dependency_check_json', 'dependencies', CHECK_JSON, {}, '1', undefined],
    ['owasp_dependency_check_json', 'source_version', CHECK_JSON, {}, '9.1.0', undefined],
    ['owasp_dependency_check_json', 'source_up_to_dateness', CHECK_JSON, {}, '1', undefined],
    ['sarif_json', 'violations', SARIF, {}, '3', undefined],
    ['sarif_json', 'security_warnings', SARIF, { levels: ['error'] }, '1', undefined],
    ['sarif_json', 'violations', '{"runs": [{"results": null}]}', {}, '0', undefined],
    ['robot_framework', 'tests', ROBOT, {}, '2', '2'],
    ['robot_framework', 'tests', ROBOT, { test_result: ['fail'] }, '1', '2'],
    ['robot_framework', 'test_suites', ROBOT, {}, '1', '1'],
    ['robot_framework', 'source_version', ROBOT, {}, '7.0.1', undefined],
    ['robot_framework', 'source_up_to_dateness', ROBOT, {}, '1', undefined],
    ['testng', 'tests', TESTNG, {}, '4', '4'],
    ['testng', 'tests', TESTNG, { test_result: ['failed'] }, '1', '4'],
    ['testng', 'test_suites', TESTNG, { test_result: ['passed'] }, '0', '1'],
    ['testng', 'source_up_to_dateness', TESTNG, {}, '2', undefined],
    ['visual_studio_trx', 'tests', TRX, {}, '2', '2'],
    ['visual_studio_trx', 'tests', TRX, { test_result: ['Failed'] }, '1', '2'],
    ['visual_studio_trx', 'source_up_to_dateness', TRX, {}, '1', undefined],
    ['jmeter_csv', 'tests', JMETER_CSV, {}, '3', '3'],
    ['jmeter_csv', 'tests', JMETER_CSV, { test_result: ['failed'] }, '1', '3'],
    ['jmeter_csv', 'tests', JMETER_CSV, { transactions_to_ignore: ['ho.*'] }, '1', '1'],
    ['jmeter_csv', 'slow_transactions', JMETER_CSV, {}, '1', '2'],
    [
      'jmeter_csv',
      'slow_transactions',
      JMETER_CSV,
      { target_response_time: '100', transaction_specific_target_response_times: ['p.*:2000', 'pay:1'] },
      '1',
      '2',
    ],
    ['jmeter_csv', 'performancetest_duration', JMETER_CSV, {}, '2', undefined],
    ['jmeter_csv', 'source_up_to_dateness', JMETER_CSV, {}, '0', undefined],
    ['jmeter_json', 'tests', JMETER_JSON, { test_result: ['success'] }, '8', '10'],
    ['jmeter_json', 'slow_transactions', JMETER_JSON, {}, '1', '1'],
    ['jmeter_json', 'slow_transactions', JMETER_JSON, { response_time_to_evaluate: 'mean' }, '0', '1'],
    ['gatling', 'tests', GATLING, { test_result: ['failed'] }, '1', '25'],
    ['gatling', 'slow_transactions', GATLING, {}, '1', '2'],
    ['gatling', 'slow_transactions', GATLING, { transactions_to_include: ['Home'] }, '0', '1'],
    ['gatling', 'performancetest_duration', GATLING, {}, '63', undefined],
    ['gatling', 'source_up_to_dateness', GATLING, {}, '2', undefined],
    ['gatling', 'source_version', GATLING, {}, '3.11.1', undefined],
  ])('%s gives %s', async (source, metric, content, parameters, value, total) => {
    const found = await readContent(source, metric, content, parameters)
    expect([found.value, found.total]).toEqual([value, total])
  })

  it.each([
    ['trivy_json', 'security_warnings', TRIVY, {}, ['CVE-2026-1@left@1_0_0', 'CVE-2026-2@right@2_0']],
    [
      'owasp_zap',
      'security_warnings',
      ZAP,
      { variable_url_regexp: ['id=\\d+'] },
      [
        md5('No sniff:10021:693:15:GET:https://a.org/hashremoved'),
        md5('No sniff:10021:693:15:GET:https://a.org/s;variable-part-removed'),
      ],
    ],
    ['owasp_zap', 'security_warnings', ZAP, { alerts: 'alert types', risks: ['high'] }, [md5('Bad:1:1:2')]],
    [
      'owasp_dependency_check_xml',
      'dependencies',
      CHECK_XML,
      { variable_file_path_regexp: ['build-\\d+/'] },
      [sha1('/tmp/a.jara.jar'), 'abc123'],
    ],
    ['owasp_dependency_check_json', 'dependencies', CHECK_JSON, {}, ['abc123']],
    ['sarif_json', 'violations', SARIF, {}, ['R1@src-a_ts,src-b_ts', 'R2@', 'X1@']],
    ['robot_framework', 'tests', ROBOT, {}, ['s1-s1-t1', 's1-s1-t2']],
    ['robot_framework', 'test_suites', ROBOT, {}, ['s1-s1']],
    ['testng', 'tests', TESTNG, {}, ['org_Dose_adds', 'org_Dose_fails']],
    ['visual_studio_trx', 'tests', TRX, {}, ['i1', 'i2']],
    ['jmeter_csv', 'slow_transactions', JMETER_CSV, {}, ['pay']],
    ['gatling', 'slow_transactions', GATLING, {}, ['Pay & go']],
  ])('%s gives %s under stable keys', async (source, metric, content, parameters, keys) => {
    const found = await readContent(source, metric, content, parameters)
    expect(found.entities?.map(({ key }) => key)).toEqual(keys)
  })

  it('tell what people see of an entity', async () => {
    const first = async (...[source, metric, content, parameters]: Parameters<typeof readContent>) =>
      (await readContent(source, metric, content, parameters)).entities?.[0]
    expect(await first('trivy_json', 'security_warnings', TRIVY)).toMatchObject({
      title: 'CVE-2026-1',
      level: 'HIGH',
      package_name: 'left',
      fixed_version: '1.0.1',
      url: 'https://x.org/1',
      old_key: 'CVE-2026-1@left@app/package-lock.json',
    })
    expect(await first('owasp_zap', 'security_warnings', ZAP)).toMatchObject({
      name: 'No sniff',
      description: 'Text',
      risk: 'Low (Medium)',
      location: 'GET https://a.org/hashremoved',
      uri: 'https://a.org/hashremoved',
    })
    expect(await first('owasp_dependency_check_xml', 'security_warnings', CHECK_XML)).toMatchObject({
      file_name: 'a.jar',
      highest_severity: 'Critical',
      nr_vulnerabilities: '2',
      url: '',
    })
    expect(await first('owasp_dependency_check_json', 'dependencies', CHECK_JSON)).toMatchObject({
      url: `${SOURCE_URL}#l1_abc123`,
    })
    expect(await first('sarif_json', 'violations', SARIF)).toMatchObject({
      message: 'm',
      level: 'note',
      locations: 'src/a.ts, src/b.ts',
      rule: 'Short',
      description: 'Full',
      url: 'https://r.org/1',
    })
    expect(await first('robot_framework', 'tests', ROBOT)).toMatchObject({
      test_name: 'DOSE-1 adds',
      suite_name: 'Dose',
      suite_names: 'Acceptance/Dose',
      test_result: 'pass',
    })
    expect(await first('robot_framework', 'test_suites', ROBOT)).toMatchObject({
      suite_documentation: 'About dose.',
      suite_result: 'fail',
      passed: '1',
      failed: '1',
    })
    expect(await first('visual_studio_trx', 'tests', TRX)).toMatchObject({
      name: 'Adds (QA-12)',
      test_result: 'Passed',
    })
    expect(
      await first('jmeter_csv', 'slow_transactions', JMETER_CSV, { target_response_time: '1' }),
    ).toMatchObject({
      sample_count: '2',
      error_count: '1',
      error_percentage: '50',
      mean_response_time: '200',
      median_response_time: '200',
      percentile_90_response_time: '440',
    })
    expect(await first('gatling', 'slow_transactions', GATLING)).toMatchObject({
      percentile_95_response_time: '1200',
      error_percentage: '5',
    })
  })

  it('give the page for people beside the data of Robot Framework', async () => {
    const found = await readContent('robot_framework', 'tests', ROBOT, {
      url: 'https://ci.example.org/output.xml',
    })
    expect(found.landingUrl).toBe('https://ci.example.org/report.html')
  })

  it.each([
    ['cobertura', 'source_up_to_dateness', '<coverage/>', "parse: Cobertura XML tag 'timestamp' not found"],
    [
      'cobertura',
      'uncovered_lines',
      '<report/>',
      'parse: Expected the XML element "coverage" and found "report".',
    ],
    ['cobertura', 'uncovered_lines', '<coverage lines-valid="x"/>', 'parse: "lines-valid" is no number.'],
    ['jacoco', 'source_up_to_dateness', '<report/>', 'parse: The date cannot be read.'],
    [
      'trivy_json',
      'source_up_to_dateness',
      '[]',
      'parse: Measuring source up-to-dateness is not supported with Trivy JSON schema version 1',
    ],
    [
      'trivy_json',
      'security_warnings',
      '[{"Target":"x","Vulnerabilities":[{}]}]',
      'parse: The answer has no "VulnerabilityID".',
    ],
    ['trivy_json', 'security_warnings', '{}', 'parse: The file is no report of Trivy.'],
    [
      'owasp_zap',
      'source_up_to_dateness',
      '<OWASPZAPReport generated="soon"/>',
      'parse: The date cannot be read.',
    ],
    [
      'owasp_zap',
      'security_warnings',
      '<a/>',
      'parse: Expected the XML element "OWASPZAPReport" and found "a".',
    ],
    [
      'owasp_dependency_check_xml',
      'dependencies',
      '<analysis xmlns="urn:x"/>',
      'parse: The file is of a version of Dependency-Check that is not known.',
    ],
    [
      'owasp_dependency_check_json',
      'dependencies',
      '{"reportSchema":"2.0"}',
      'parse: Expected report schema "1.1" and found "2.0".',
    ],
    [
      'owasp_dependency_check_json',
      'dependencies',
      '{"reportSchema":"1.1"}',
      'parse: The answer has no list "dependencies".',
    ],
    [
      'sarif_json',
      'violations',
      '{"runs":[{"results":[{}]}]}',
      'parse: A result does not say which rule it breaks.',
    ],
    ['sarif_json', 'violations', '[]', 'parse: The answer has no list "runs".'],
    ['robot_framework', 'tests', '<robot/>', 'parse: The file has no statistics of all tests.'],
    [
      'testng',
      'tests',
      '<testsuite/>',
      'parse: Expected the XML element "testng-results" and found "testsuite".',
    ],
    [
      'testng',
      'tests',
      '<testng-results><test-method status="ODD"/></testng-results>',
      'parse: A test has a status that is not known: "ODD".',
    ],
    ['visual_studio_trx', 'tests', '<x/>', 'parse: Expected the XML element "TestRun" and found "x".'],
    ['jmeter_csv', 'tests', 'a,b\n1,2\n', 'parse: A row has no time stamp, time, label or success.'],
    ['jmeter_csv', 'tests', 'a,b\n', 'parse: The file has no samples.'],
    ['jmeter_json', 'tests', '[]', 'parse: The file has no transactions.'],
    ['gatling', 'tests', '<html></html>', 'parse: The page has no table of statistics.'],
    ['gatling', 'source_version', '<html></html>', 'parse: The page does not say "Version".'],
  ])('%s refuses a broken file for %s', async (source, metric, content, expected) => {
    expect(await failureOf(readContent(source, metric, content))).toBe(expected)
  })

  const FILES = [
    'cobertura',
    'jacoco',
    'trivy_json',
    'owasp_zap',
    'owasp_dependency_check_xml',
    'owasp_dependency_check_json',
    'sarif_json',
    'robot_framework',
    'testng',
    'visual_studio_trx',
    'jmeter_csv',
    'jmeter_json',
    'gatling',
    'junit',
    'generic_json',
  ]
  const metricOf = (source: string) =>
    CATALOGUE.sources[source]?.metrics.find((metric) => metric !== 'source_version') ?? ''

  it.each(FILES)('%s ends nothing, noise and wrong encodings as its own error', async (source) => {
    const noise = Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x3c, 0x61, 0x00])
    for (const content of ['', '   ', noise, '\u0000', '<a', '{"a":', 'null', '3', '"x"'])
      expect(await failureOf(readContent(source, metricOf(source), content))).toMatch(/^parse: /)
  })

  it.each(FILES)('%s is read for every metric of the catalogue', (source) => {
    expect(Object.keys(READERS[source] ?? {}).toSorted()).toEqual(
      [...(CATALOGUE.sources[source]?.metrics ?? [])].toSorted(),
    )
  })

  it('stop a pattern that takes for ever', async () => {
    const slow = ZAP.replaceAll('s;id=7', `s;${'z'.repeat(40)}!`)
    expect(
      await failureOf(
        readContent('owasp_zap', 'security_warnings', slow, { variable_url_regexp: ['(z+)+$'] }),
      ),
    ).toBe('parse: A pattern cannot be used, or takes too long.')
  })
})
