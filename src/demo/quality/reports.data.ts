import type { DemoReport } from './demo-report.ts'

/** Ids that the users' document prints. */
export const RELEASE_REPORT = 'f1d0e056-2440-43bd-b640-f6753ccf4496'
export const EXPORTED_REPORT = '97b2f341-45ce-4f2b-9a71-3675f2f54cf7'
export const COPIED_REPORT = '1352450b-30fa-4a82-aec5-7b5d0017ee13'
export const PRINTED_METRIC = 'd4c0dea1-b072-417f-804e-6045544748db'
export const LABORATORY_REPORT = '5c1e9d0a-77b4-4f1f-9c55-0d6f3a1b2c4d'

const SONAR = { url: 'https://sonar.example.org', private_token: 'demo-token', component: 'treatment-planning', branch: 'main' }
const CI = 'https://ci.example.org/artifacts'
const JIRA = { url: 'https://jira.example.org', username: 'dashboard', password: 'demo password', api_version: 'v2' }
const GITLAB = { url: 'https://gitlab.example.org', private_token: 'demo-token', project: 'physics/planning' }

/** The reports of the demonstration: one with red metrics, two without, and the laboratory itself. */
export const DEMO_REPORTS: readonly DemoReport[] = [
  {
    id: RELEASE_REPORT,
    attributes: {
      title: 'Treatment planning release',
      subtitle: 'What stands between us and version 5',
      comment: 'Reviewed every Monday. Questions to <a href="mailto:jadoe@example.org">Jane Doe</a>.',
      issue_tracker: { type: 'jira', parameters: { ...JIRA, project_key: 'TP', issue_type: 'Task', issue_labels: ['quality'] } },
    },
    subjects: [
      {
        type: 'software_source_code', name: 'Planning software',
        metrics: [
          { id: PRINTED_METRIC, type: 'violations', attributes: { tags: ['usability'], near_target: '40', target: '20', comment: 'Mostly missing labels.' }, source: { type: 'sonarqube', parameters: SONAR }, series: { from: 95, to: 31, noise: 2, entities: 'warnings' } },
          { type: 'security_warnings', attributes: { tags: ['security'], issue_ids: ['TP-104', 'TP-117'] }, source: { type: 'trivy_json', parameters: { url: `${CI}/trivy.json`, private_token: 'demo-token' } }, series: { from: 2, to: 9, noise: 0.6, entities: 'warnings' } },
          { type: 'security_warnings', attributes: { name: 'Penetration test findings', tags: ['security'], accept_debt: true, debt_target: '6', issue_ids: ['TP-98'] }, source: { type: 'generic_json', parameters: { url: `${CI}/pentest.json` } }, series: { from: 8, to: 5, entities: 'warnings' } },
          { type: 'uncovered_lines', attributes: { scale: 'percentage', target: '20', near_target: '25', tags: ['test quality'] }, source: { type: 'cobertura', parameters: { url: `${CI}/coverage.xml` } }, series: { from: 9100, to: 3900, noise: 60, total: 21400 } },
          { type: 'loc', attributes: { evaluate_targets: false }, source: { type: 'sonarqube', parameters: SONAR }, series: { from: 18900, to: 21400, noise: 15, total: 21400 } },
          { type: 'duplicated_lines', attributes: { scale: 'percentage', target: '3', near_target: '5' }, source: { type: 'sonarqube', parameters: SONAR }, series: { from: 1300, to: 880, noise: 12, total: 21400 } },
          { type: 'dependencies', attributes: { tags: ['security', 'maintainability'], target: '5', near_target: '9' }, source: { type: 'npm', parameters: { url: `${CI}/outdated.json` } }, series: { from: 3, to: 11, noise: 0.8 } },
          { type: 'todo_and_fixme_comments', attributes: { target: '60', near_target: '80' }, source: { type: 'sonarqube', parameters: SONAR }, series: { from: 88, to: 52, noise: 1 } },
        ],
      },
      {
        type: 'software_tests', name: 'Tests',
        metrics: [
          { type: 'tests', attributes: { name: 'Failing unit tests', direction: '<', target: '0', near_target: '3' }, source: { type: 'junit', parameters: { url: `${CI}/junit.zip`, test_result: ['failed', 'errored'] } }, series: { from: 4, to: 2, noise: 1.2, total: 3120, entities: 'tests', outage: [44, 45] } },
          { type: 'tests', attributes: { name: 'Acceptance tests', target: '180', near_target: '160' }, source: { type: 'robot_framework', parameters: { url: `${CI}/output.xml`, test_result: ['pass'] } }, series: { from: 120, to: 184, noise: 1, total: 190 } },
          { type: 'slow_transactions', source: { type: 'jmeter_csv', parameters: { url: `${CI}/jmeter.csv` } }, series: { from: 6, to: 1, noise: 0.5 } },
          { type: 'violations', attributes: { name: 'Accessibility violations', unit: 'accessibility violations', tags: ['usability'] }, source: { type: 'axe_core', parameters: { url: `${CI}/axe.json` } }, series: { from: 26, to: 14, noise: 1, entities: 'warnings' } },
          { type: 'source_up_to_dateness', attributes: { name: 'Age of the user manual', target: '90', near_target: '120', tags: ['usability'] }, source: { type: 'calendar', parameters: { date: 'days-ago:96' } }, series: { from: 76, to: 96 } },
        ],
      },
      {
        type: 'process', name: 'Process',
        metrics: [
          { type: 'issues', attributes: { name: 'Open defects', target: '15', near_target: '25' }, source: { type: 'jira', parameters: { ...JIRA, jql: 'project = TP and type = Bug and resolution is empty' } }, series: { from: 41, to: 13, noise: 1.5, entities: 'issues' } },
          { type: 'merge_requests', attributes: { target: '5', near_target: '10' }, source: { type: 'gitlab', parameters: GITLAB }, series: { from: 7, to: 4, noise: 1.5, total: 212 } },
          { type: 'failed_jobs', source: { type: 'gitlab', parameters: GITLAB }, series: { from: 2, to: 0, noise: 0.4 } },
          { type: 'sentiment', source: { type: 'manual_number', name: 'Monthly survey', parameters: { number: '9' } }, series: { from: 7, to: 9 } },
          { type: 'time_remaining', attributes: { name: 'Days until release' }, source: { type: 'calendar', parameters: { date: 'days-ahead:41' } }, series: { from: 242, to: 42 } },
          { type: 'velocity' },
        ],
      },
    ],
  },
  {
    id: EXPORTED_REPORT,
    attributes: { title: 'Record and verify interface', subtitle: 'In service since spring' },
    subjects: [
      {
        type: 'software', name: 'Interface engine',
        metrics: [
          { type: 'tests', attributes: { name: 'Failing tests', direction: '<', target: '0', near_target: '0' }, source: { type: 'junit', parameters: { url: `${CI}/interface/junit.xml`, username: 'dashboard', password: 'demo password', test_result: ['failed', 'errored'] } }, series: { from: 0, to: 0, total: 412 } },
          { type: 'security_warnings', attributes: { tags: ['security'] }, source: { type: 'owasp_dependency_check_xml', parameters: { url: `${CI}/interface/dependency-check.xml`, private_token: 'demo-token' } }, series: { from: 0, to: 0 } },
          { type: 'uncovered_branches', attributes: { scale: 'percentage', target: '30', near_target: '40' }, source: { type: 'jacoco', parameters: { url: `${CI}/interface/jacoco.xml`, password: 'demo password', username: 'dashboard' } }, series: { from: 410, to: 212, noise: 3, total: 980 } },
          { type: 'source_up_to_dateness', source: { type: 'junit', parameters: { url: `${CI}/interface/junit.xml` } }, series: { from: 0, to: 1 } },
        ],
      },
      {
        type: 'process_operations', name: 'Operations',
        metrics: [
          { type: 'change_failure_rate', attributes: { target: '5', near_target: '10' }, source: { type: 'gitlab', parameters: GITLAB }, series: { from: 8, to: 4, total: 100 } },
          { type: 'issues', attributes: { name: 'Incidents this month', target: '2', near_target: '4' }, source: { type: 'jira', parameters: { ...JIRA, jql: 'project = IF and type = Incident' } }, series: { from: 4, to: 1, entities: 'issues' } },
        ],
      },
    ],
  },
  {
    id: COPIED_REPORT,
    attributes: { title: 'Dose calculation service', subtitle: 'Ready to be copied' },
    subjects: [
      {
        type: 'software', name: 'Service',
        metrics: [
          { type: 'violations', source: { type: 'sarif_json', parameters: { url: `${CI}/dose/results.sarif`, private_token: 'demo-token' } }, series: { from: 3, to: 0 } },
          { type: 'scalability', source: { type: 'manual_number', parameters: { number: '80' } }, series: { from: 60, to: 80 } },
          { type: 'software_version', source: { type: 'manual_version', parameters: { version: '2.4' } }, series: { from: 1, to: 4, isVersion: true } },
          { type: 'remediation_effort', source: { type: 'sonarqube', parameters: { ...SONAR, component: 'dose' } }, series: { from: 300, to: 45, noise: 4 } },
        ],
      },
    ],
  },
  {
    id: LABORATORY_REPORT,
    attributes: { title: 'This laboratory', subtitle: 'Measured from our own work' },
    subjects: [
      {
        type: 'treatment_machine', name: 'Treatment machines',
        metrics: [
          { type: 'issues', attributes: { name: 'Overdue QA', target: '0', near_target: '3', unit: 'test lists', unit_singular: 'test list', tags: ['machine QA'] }, source: { type: 'touchstone', parameters: { question_issues: 'overdue QA' } } },
          { type: 'violations', attributes: { name: 'QA failures', target: '0', near_target: '1', unit: 'test lists', unit_singular: 'test list', tags: ['machine QA'] }, source: { type: 'touchstone', parameters: { question_violations: 'QA failures' } } },
          { type: 'issues', attributes: { name: 'Unreviewed QA sessions', target: '10', near_target: '40', unit: 'sessions', unit_singular: 'session', tags: ['machine QA'] }, source: { type: 'touchstone', parameters: { question_issues: 'unreviewed QA sessions' } } },
          { type: 'source_up_to_dateness', attributes: { name: 'Latest QA session', target: '1', near_target: '3', tags: ['machine QA'] }, source: { type: 'touchstone', parameters: { question_source_up_to_dateness: 'latest QA session' } } },
        ],
      },
      {
        type: 'laboratory', name: 'Analytical laboratory',
        metrics: [
          { type: 'issues', attributes: { name: 'Samples late', target: '0', near_target: '3', unit: 'samples', unit_singular: 'sample', tags: ['laboratory'] }, source: { type: 'touchstone', parameters: { question_issues: 'samples late' } } },
          { type: 'violations', attributes: { name: 'Results out of specification', target: '0', near_target: '5', unit: 'results', unit_singular: 'result', tags: ['laboratory'] }, source: { type: 'touchstone', parameters: { question_violations: 'results out of specification' } } },
          { type: 'violations', attributes: { name: 'Quality control failures', target: '0', near_target: '2', unit: 'controls', unit_singular: 'control', tags: ['laboratory'] }, source: { type: 'touchstone', parameters: { question_violations: 'quality control failures' } } },
          { type: 'average_issue_lead_time', attributes: { name: 'Turnaround', target: '5', near_target: '7', tags: ['laboratory'] }, source: { type: 'touchstone', parameters: { question_average_issue_lead_time: 'turnaround of samples' } } },
          { type: 'time_remaining', attributes: { name: 'Next certificate expires', tags: ['laboratory'] }, source: { type: 'touchstone', parameters: { question_time_remaining: 'instrument certificates' } } },
        ],
      },
      {
        type: 'research_data', name: 'Research data',
        metrics: [
          { type: 'issues', attributes: { name: 'Experiments without files', target: '0', near_target: '5', unit: 'experiments', unit_singular: 'experiment', tags: ['research'] }, source: { type: 'touchstone', parameters: { question_issues: 'experiments without files' } } },
        ],
      },
      {
        type: 'development_environment_pipeline', name: 'This server',
        metrics: [
          { type: 'failed_jobs', attributes: { name: 'Failed background jobs', target: '0', near_target: '1', unit: 'jobs', unit_singular: 'job' }, source: { type: 'touchstone', parameters: { question_failed_jobs: 'failed background jobs' } } },
        ],
      },
    ],
  },
]
