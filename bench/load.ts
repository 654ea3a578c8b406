import { Agent, request as httpRequest } from 'node:http'

export type Call = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export type LoadResult = {
  readonly perSecond: number
  readonly durationsMs: readonly number[]
  readonly statuses: ReadonlyMap<number, number>
}

/**
 * Sends calls from several clients at once, each the next as soon as it has its answer, over kept-alive connections.
 *
 * @param next makes the n-th call
 */
export async function load(
  port: number,
  options: { readonly clients: number; readonly calls: number },
  next: (n: number) => Call,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.clients })
  const durationsMs: number[] = []
  const statuses = new Map<number, number>()
  let sent = 0
  const client = async (): Promise<void> => {
    while (sent < options.calls) {
      const call = next(sent++)
      const started = performance.now()
      const status = await send(agent, port, call)
      durationsMs.push(performance.now() - started)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: options.clients }, client))
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  return { perSecond: options.calls / seconds, durationsMs, statuses }
}

function send(agent: Agent, port: number, { method, path, headers, body }: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}
