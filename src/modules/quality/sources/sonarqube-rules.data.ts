const LANGUAGES = ['abap', 'c', 'cpp', 'csharpsquid', 'css', 'flex', 'go', 'java', 'javascript', 'kotlin', 'objc', 'php', 'plsql', 'python', 'ruby', 'scala', 'swift', 'tsql', 'typescript', 'vbnet', 'Web', 'xml']
const INFRASTRUCTURE = ['ansible', 'cloudformation', 'docker', 'kubernetes', 'terraform']

function each(languages: readonly string[], ...rules: readonly string[]): readonly string[] {
  return rules.flatMap((rule) => languages.map((language) => `${language}:${rule}`))
}

/** The rules of SonarQube that make up a metric; those that a server does not know find nothing there. */
export const SONARQUBE_RULES: Readonly<Record<string, readonly string[]>> = {
  commented_out_code: [
    ...each(['abap', 'c', 'cpp', 'csharpsquid', 'css', 'java', 'javascript', 'kotlin', 'objc', 'php', 'plsql', 'python', 'scala', 'swift', 'tsql', 'typescript', 'xml'], 'S125'),
    'Web:AvoidCommentedOutCodeCheck',
    'flex:CommentedCode',
  ],
  complex_units: [...each(LANGUAGES, 'S1541', 'S3776'), 'flex:FunctionComplexity', 'python:FunctionComplexity', 'plsql:PlSql.FunctionAndProcedureComplexity'],
  long_units: [...each(LANGUAGES, 'S104', 'S138', 'S1151', 'S1188', 'S2042', 'S2972', 'S5612', 'S6184'), 'Web:FileLengthCheck', 'Web:LongJavaScriptCheck'],
  many_parameters: [...each(LANGUAGES, 'S107'), 'csharpsquid:S2436'],
  suppressed_violations: [...each(['c', 'cpp', 'java', 'objc', 'php', 'python', 'tsql'], 'NoSonar'), 'plsql:NoSonarCheck', 'csharpsquid:S1309', 'java:S1309', 'java:S1310', 'java:S1315', 'javascript:S1291', 'typescript:S1291', 'python:S1309'],
  todo_and_fixme_comments: [...each(LANGUAGES, 'S1134', 'S1135'), ...each(INFRASTRUCTURE, 'S1135')],
}
