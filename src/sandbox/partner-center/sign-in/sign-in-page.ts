/** The pretend sign-in as a page; `message` says how the last attempt went. */
export function signInPage(message: string | undefined): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pretend sign-in</title>
<style>
  body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 12vh auto; padding: 0 1rem; }
  label { display: block; margin-top: 1rem; }
  input { font: inherit; box-sizing: border-box; width: 100%; padding: 0.5rem; }
  button { font: inherit; margin-top: 1.25rem; padding: 0.5rem 1.5rem; }
</style>
</head>
<body>
<main>
<h1>Pretend sign-in</h1>
<p>Try a temporary password here, as the user would. Nothing leaves this machine.</p>
${message === undefined ? '' : `<p role="status" id="result">${message}</p>`}
<form method="post" action="/sign-in">
<label for="userPrincipalName">User name</label>
<input id="userPrincipalName" name="userPrincipalName" autocomplete="off" spellcheck="false" required>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="off" required>
<button type="submit">Sign in</button>
</form>
</main>
</body>
</html>
`;
}
