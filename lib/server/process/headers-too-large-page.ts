import { socketRefusals } from "../../http/socket-refusals.ts";

const { title } = socketRefusals.HEADERS_TOO_LARGE;

/** For a person whose browser sends more cookies than a server reads: no other page can be drawn for them. */
export const headersTooLargePage: string = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<h1>${title}</h1>
<p>Your browser sends more cookies with each request to this site than the server reads (16 KiB, all headers together). Until some are deleted, no page of it can be shown.</p>
<ol>
<li>Open what the browser shows about this site: the icon beside its address.</li>
<li>Choose <em>Cookies and site data</em>, and delete this site's cookies. In Firefox it is <em>Clear cookies and site data</em>, in Safari <em>Manage Website Data</em> in the privacy settings.</li>
<li>Load this page again.</li>
</ol>
<p>Cookies of another server on the same host are sent here too, whatever its port: they are in the same list.</p>
</html>
`;
