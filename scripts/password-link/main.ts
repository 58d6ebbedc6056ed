// npm run password-link -- someone@example.com
import { checkout } from "../launcher/operator-place.ts";
import { runPasswordLink } from "../operator/password-link.ts";

process.exitCode = await runPasswordLink(checkout, process.argv.slice(2));
