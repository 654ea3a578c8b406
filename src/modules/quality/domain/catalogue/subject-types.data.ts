/** What a report can be about; `children` narrow it. */
export type SubjectType = {
  readonly name: string
  readonly description: string
  /** metrics that are offered first; any other may be added */
  readonly metrics: readonly string[]
  readonly children?: Readonly<Record<string, SubjectType>>
}

export const SUBJECT_TYPES: Readonly<Record<string, SubjectType>> = {
  development_environment: {
    name: 'Development environment', description: 'Tools and pipelines with which software is made.', metrics: ['compliance'],
    children: {
      development_environment_pipeline: { name: 'Pipeline and/or job', description: 'Automated jobs and the pipelines that they form.', metrics: ['failed_jobs', 'job_runs_within_time_period', 'pipeline_duration', 'pipelines', 'unused_jobs'] },
      development_environment_tool: { name: 'Development tool', description: 'One tool of the developers.', metrics: ['source_up_to_dateness', 'source_version', 'software_version'] },
    },
  },
  process: {
    name: 'Process', description: 'How a team works.', metrics: ['compliance', 'time_remaining'],
    children: {
      process_backlog: { name: 'Backlog management', description: 'Work that is waiting, and how it is prepared.', metrics: ['issues', 'user_story_points', 'velocity'] },
      process_development: { name: 'Development process', description: 'From a change to its integration.', metrics: ['inactive_branches', 'merge_requests', 'pipeline_duration'] },
      process_operations: { name: 'Operations process', description: 'Deploying and running software.', metrics: ['average_issue_lead_time', 'change_failure_rate', 'issues', 'job_runs_within_time_period'] },
      process_test: { name: 'Test process', description: 'Testing by hand and by machine.', metrics: ['manual_test_duration', 'manual_test_execution', 'test_cases', 'test_suites', 'tests', 'uncovered_branches', 'uncovered_lines'] },
    },
  },
  report: { name: 'Quality report', description: 'Other quality reports.', metrics: ['compliance', 'metrics', 'missing_metrics'] },
  software: {
    name: 'Software', description: 'A product or a component of one.', metrics: ['compliance', 'slow_transactions', 'performancetest_stability'],
    children: {
      software_source_code: { name: 'Software source code', description: 'The code of a product.', metrics: ['commented_out_code', 'complex_units', 'dependencies', 'duplicated_lines', 'issues', 'loc', 'long_units', 'many_parameters', 'remediation_effort', 'software_version', 'security_warnings', 'suppressed_violations', 'todo_and_fixme_comments', 'violations'] },
      software_tests: { name: 'Software tests', description: 'The tests of a product.', metrics: ['performancetest_duration', 'scalability', 'test_cases', 'test_suites', 'tests', 'uncovered_branches', 'uncovered_lines'] },
      software_documentation: { name: 'Software documentation', description: 'The documents of a product.', metrics: ['source_up_to_dateness', 'time_remaining'] },
    },
  },
  team: { name: 'Team', description: 'The people who do the work.', metrics: ['compliance', 'sentiment', 'velocity'] },
  treatment_machine: { name: 'Treatment machine', description: 'A machine and its quality assurance.', metrics: ['violations', 'issues', 'source_up_to_dateness', 'compliance'] },
  imaging_modality: { name: 'Imaging modality', description: 'A scanner and its quality assurance.', metrics: ['violations', 'issues', 'source_up_to_dateness', 'compliance'] },
  laboratory: { name: 'Laboratory', description: 'Samples, results and instruments of a laboratory.', metrics: ['issues', 'violations', 'average_issue_lead_time', 'time_remaining', 'compliance'] },
  research_data: { name: 'Research data', description: 'Samples and experiments of research.', metrics: ['issues', 'violations', 'compliance'] },
}
