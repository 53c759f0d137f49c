import type { Gate } from './gate.ts';
import type { Roster } from './create-roster.ts';

/**
 * The gate of the sandbox, which listens on loopback only: it checks no token, and ids are whatever the Playground
 * makes up. The roster is asked for the sender's address where there is one, and nobody is kept out by its silence.
 */
export function createSandboxGate({ roster }: { readonly roster?: Roster | undefined } = {}): Gate {
  return {
    async admit({ incoming }) {
      if (incoming.kind === 'malformed') return { kind: 'refused', rule: 'activity', technician: undefined };
      if (incoming.kind === 'ignored' || roster === undefined) return { kind: 'admitted', incoming, claims: undefined };
      const { technician, conversation } = incoming;
      const entry = await roster.find(conversation, technician.teamsUserId);
      const isSame =
        entry.kind === 'member' && entry.member.objectId?.toLowerCase() === technician.objectId.toLowerCase();
      const userPrincipalName = isSame ? entry.member.userPrincipalName : undefined;
      return {
        kind: 'admitted',
        incoming: { ...incoming, technician: { ...technician, userPrincipalName } },
        claims: undefined,
      };
    },
  };
}
