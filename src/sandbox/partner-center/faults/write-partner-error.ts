import type { Answer } from '../http/answer.ts';
import type { Json } from '../http/json.ts';
import { refuse } from '../http/refuse.ts';
import type { PretendFault } from './pretend-fault.ts';

type PartnerErrorFault = Extract<PretendFault, { readonly kind: 'partner-error' }>;

/** Writes an error of Partner Center in the shape that is asked for. */
export function writePartnerError({ row, shape = 'documented' }: PartnerErrorFault): Answer {
  const { status, code, description } = row;
  const json = (json: Json): Answer => ({ status, body: { kind: 'json', json } });
  switch (shape) {
    case 'documented':
      return refuse(status, code, description);
    case 'code-as-text':
      return json({ code: String(code), description, data: [], source: 'PartnerFD' });
    case 'pascal-case':
      return json({ Code: code, Description: description, Data: [], Source: 'PartnerFD' });
    case 'named':
      return json({ code: String(code), message: description, errorName: 'Refused', isRetryable: false });
    case 'nested-json':
      return json({
        code,
        description: JSON.stringify({ 'odata.error': { code: 'Request_BadRequest', message: { value: description } } }),
        data: [],
        source: 'PartnerFD',
      });
    case 'plain-text':
      return { status, body: { kind: 'text', type: 'text/plain; charset=utf-8', text: description } };
  }
}
