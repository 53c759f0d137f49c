import { runExample } from '../partner-center/example.ts';
import { createPretendPartnerCenter } from '../sandbox/partner-center/index.ts';

const pretend = createPretendPartnerCenter({});
const { url } = await pretend.listen();
await runExample(url, (line) => process.stdout.write(`${line}\n`));
await pretend.close();
