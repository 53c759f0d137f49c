import { type ResetRequest, wasGivenUp } from '../../reset/request.ts';

/** What the direct message shows. `password` and `unclear` hold the password, the others never do. */
export type DirectMessageView =
  'placeholder' | 'password' | 'unclear' | 'reveal' | 'hidden' | 'given-up' | 'refused' | 'seal-broken' | 'nothing';

/** Which view fits a request, given whether there is a password to show and how passwords are delivered. */
export function directMessageView(
  request: ResetRequest,
  hasPassword: boolean,
  delivery: 'message' | 'reveal',
): DirectMessageView {
  if (hasPassword) return request.attention === undefined ? 'password' : 'unclear';
  if (request.attention?.kind === 'seal-broken') return 'seal-broken';
  if (wasGivenUp(request)) return 'given-up';
  switch (request.state) {
    case 'delivered':
      return delivery === 'reveal' && request.sealedPassword !== undefined ? 'reveal' : 'hidden';
    case 'hidden':
      return 'hidden';
    case 'refused':
      return 'refused';
    case 'proposed':
    case 'awaiting-approval':
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
    case 'reset':
    case 'delivering':
    case 'needs-attention':
      return 'placeholder';
    case 'cancelled':
    case 'declined':
    case 'expired':
      return 'nothing';
  }
}
