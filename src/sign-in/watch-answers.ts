import type { Directory, PasswordSetting } from '../reset/ports/partner-center.ts';
import type { PartnerTrouble } from '../reset/refusal.ts';

/** The two ways to Partner Center. */
export type Ways = { readonly directory: Directory; readonly setPassword: PasswordSetting };

/**
 * The same two ways, which tell the sign-in whether Partner Center takes its token: the SDK tries no fresh token after
 * 900421 (no MFA), so nobody else would. Only a write that was taken says that it does: reads may be let through without MFA.
 */
export function watchAnswers(
  { directory, setPassword }: Ways,
  note: (answer: 'accepted' | 'mfa-required') => void,
): Ways {
  return {
    directory: {
      async find(...asked) {
        const finding = await directory.find(...asked);
        noteTrouble(finding.kind === 'trouble' ? finding.trouble : undefined);
        return finding;
      },
      async lookUp(...asked) {
        const found = await directory.lookUp(...asked);
        noteTrouble(found.kind === 'trouble' ? found.trouble : undefined);
        return found;
      },
    },
    async setPassword(...asked) {
      const outcome = await setPassword(...asked);
      noteTrouble(outcome.kind === 'applied' ? undefined : outcome.trouble);
      if (outcome.kind === 'applied') note('accepted');
      return outcome;
    },
  };

  function noteTrouble(trouble: PartnerTrouble | undefined): void {
    if (trouble?.code === 'mfa-required') note('mfa-required');
  }
}
