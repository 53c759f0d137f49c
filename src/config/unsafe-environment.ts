import { resolve } from 'node:path';

/** Names of modules whose debugging output holds messages. */
const printsMessages = /\*|http|net|tls|undici|fetch|stream|bot|msal|restify|axios|azure|request/i;
/** Switches of Node that write memory or traffic to files, or open the process to a debugger. */
const exposesProcess =
  /--(?:inspect|heapsnapshot|heap-prof|report|tls-keylog|trace-tls|trace-event|abort-on-uncaught|experimental-network-inspection)/;
/** Node then accepts malformed requests, and reads them by other rules than the proxy in front of it. */
const allowsMalformedHttp = /--insecure-http-parser/;
/** Loads foreign code into the process, which may change all of it. */
const loadsCode = /(?:^|\s)(?:-r|--require|--import|--loader|--experimental-loader|--snapshot-blob)(?:[\s=]|$)/;
/** The same as an option of its own; a file of Node's configuration may hold any of them. The value follows, or stands behind `=`. */
const loadsFile =
  /^(?:-r|--require|--import|--loader|--experimental-loader|--snapshot-blob|--experimental-(?:default-)?config-file)(?:=(.*))?$/s;
/** What `npm start` and the image load before the program. */
const ownFiles = new Set(
  ['node-version.cjs', 'env-file.cjs'].map((name) => resolve(import.meta.dirname, '../..', name)),
);

/** Node then trusts the authorities of a file or of the machine in place of its own, and nothing else would name them. */
const trustsOthers = /--(?:use-openssl-ca|use-system-ca|openssl-config)/;

/** OpenSSL, which is part of Node, then loads code or settings from a file. https://docs.openssl.org/3.5/man7/openssl-env/ */
const configuresOpenSsl = ['OPENSSL_CONF', 'OPENSSL_MODULES', 'OPENSSL_ENGINES'];

/** Names of proxies in the environment, which Node and many libraries follow. */
const namesProxy = /^(?:https?|all)_proxy$/i;

/** Finds proxies of the environment. Each could read or hold back what it passes on, so none is used unseen. */
function findProxies(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.keys(environment)
    .filter((name) => namesProxy.test(name) && (environment[name] ?? '').trim() !== '')
    .map(
      (name) =>
        `${name} is set, and a proxy of the environment is not used: unset it, and name the proxy in OUTBOUND_PROXY`,
    );
}

/**
 * Finds variables of Node, and options before the program on its command line (`execArgv`), that would give passwords or
 * tokens away, and proxies of the environment. Returns a line for each. Of the files that the command line loads, only those of `npm start` pass.
 * See https://nodejs.org/docs/latest-v24.x/api/cli.html.
 */
export function findUnsafeEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  execArgv: readonly string[] = [],
): readonly string[] {
  const problems = ['DEBUG', 'NODE_DEBUG']
    .filter((name) => printsMessages.test(environment[name] ?? ''))
    .map((name) => `${name} would print what is sent over HTTP, passwords included`);
  const options = normalizeOptions(environment['NODE_OPTIONS'] ?? '');
  problems.push(
    ...findUnsafeOptions('NODE_OPTIONS', options),
    ...findUnsafeOptions('The command line', normalizeOptions(execArgv.join(' '))),
  );
  if (loadsCode.test(options)) problems.push(`NODE_OPTIONS ${foreignCode}`);
  if (loadsForeignFile(execArgv)) problems.push(`The command line ${foreignCode}`);
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED']?.trim() === '0') {
    problems.push('NODE_TLS_REJECT_UNAUTHORIZED is 0: tokens and passwords would go to whoever answers');
  }
  if (/^1$/.test(environment['NODE_USE_SYSTEM_CA']?.trim() ?? '')) {
    problems.push(`NODE_USE_SYSTEM_CA is 1: ${otherAuthorities}`);
  }
  problems.push(
    ...configuresOpenSsl
      .filter((name) => (environment[name] ?? '').trim() !== '')
      .map(
        (name) => `${name} is set: OpenSSL would load code or settings that could read keys and passwords. Unset it`,
      ),
    ...findProxies(environment),
  );
  return problems;
}

const foreignCode = 'would load code into the process that is not Locksmith’s, and that could read passwords';

function loadsForeignFile(execArgv: readonly string[]): boolean {
  return execArgv.some((option, index) => {
    const [loads, value = execArgv[index + 1]] = loadsFile.exec(option.replaceAll('_', '-')) ?? [];
    if (loads === undefined) return false;
    return value === undefined || !ownFiles.has(resolve(value));
  });
}

const otherAuthorities =
  'certificate authorities of the machine would be trusted unseen. Leave it out, and name a file of your own in NODE_EXTRA_CA_CERTS';

function findUnsafeOptions(where: string, options: string): readonly string[] {
  return [
    ...(exposesProcess.test(options)
      ? [`${where} would write what is in memory or on the wire to files, or open the process to a debugger`]
      : []),
    ...(trustsOthers.test(options) ? [`${where}: ${otherAuthorities}`] : []),
    ...(allowsMalformedHttp.test(options)
      ? [`${where} would let malformed HTTP in: leave out --insecure-http-parser`]
      : []),
  ];
}

/** As Node reads them: `_` is as good as `-`, and quotes and what they escape stand for themselves. */
function normalizeOptions(text: string): string {
  return text.replaceAll(/["\\]/g, '').replaceAll('_', '-');
}
