import { asSystem, type Context } from '../context.ts'
import { equals } from '../core/query.ts'
import { RefusedError } from '../core/refusal.ts'
import { createUser } from '../modules/access/create-user.ts'
import { getOrCreateToken } from '../modules/access/get-or-create-token.ts'
import { userRecord } from '../modules/access/records/user.ts'
import { setPassword } from '../modules/access/set-password.ts'
import { listRecords } from '../modules/records/list-records.ts'
import { openSite, type Site } from '../site.ts'
import { type Command, type ExitCode, UsageError } from './command.ts'

/** Opens the site for one piece of work as the operator, whose word counts as a password. */
async function asOperator(
  config: Parameters<typeof openSite>[0],
  work: (site: Site, ctx: Context) => Promise<void>,
): Promise<ExitCode> {
  const site = await openSite(config)
  try {
    await work(site, asSystem(site.base, 'command line'))
    return 0
  } finally {
    await site.close()
  }
}

async function userIdOf(ctx: Context, username: string): Promise<number> {
  const { rows } = await listRecords(
    ctx,
    userRecord,
    { where: equals('username', username), order: [], limit: 1, offset: 0 },
    { total: 'none' },
  )
  const id = rows[0]?.id
  if (id === undefined) throw new RefusedError({ kind: 'not-found', what: 'user', id: username })
  return id
}

/** The password comes on standard input, so that it stands in no list of processes and no history. */
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Password: ')
  let text = ''
  for await (const chunk of process.stdin) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  return text.split('\n', 1)[0] ?? ''
}

function usernameOf(words: readonly string[]): string {
  const [username] = words
  if (username === undefined) throw new UsageError('Name the user.')
  return username
}

export const userCreate: Command = {
  name: 'user create',
  usage: 'user create NAME [--email E --administrator]  < password',
  help: 'make a user; the password is read from standard input',
  options: { email: { type: 'string' }, administrator: { type: 'boolean' } },
  run: ({ config, words, options }) =>
    asOperator(config, async (site, ctx) => {
      const username = usernameOf(words)
      const email = typeof options.email === 'string' ? options.email : null
      const password = await readPassword()
      await createUser(ctx, site.access, {
        username,
        email,
        password,
        isAdministrator: options.administrator === true,
      })
      console.log(`Made the user ${username}.`)
    }),
}

export const userPassword: Command = {
  name: 'user password',
  usage: 'user password NAME  < password',
  help: 'give a user a new password and end all sessions',
  run: ({ config, words }) =>
    asOperator(config, async (site, ctx) => {
      const username = usernameOf(words)
      await setPassword(ctx, site.access, {
        userId: await userIdOf(ctx, username),
        password: await readPassword(),
      })
      console.log(`${username} has a new password.`)
    }),
}

export const userToken: Command = {
  name: 'user token',
  usage: 'user token NAME',
  help: 'print the API token of a user, making it when there is none',
  run: ({ config, words }) =>
    asOperator(config, async (site, ctx) => {
      console.log(await getOrCreateToken(ctx, site.access, await userIdOf(ctx, usernameOf(words))))
    }),
}
