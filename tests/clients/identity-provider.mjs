// An identity provider on a free port of this machine: it signs in whoever names an account, and prints its address.
// The accounts and their groups are the arguments: ann=llm-admins,staff
import http from 'node:http';
import Provider from 'oidc-provider';

const [redirect, ...accounts] = process.argv.slice(2);
const groups = new Map(accounts.map((account) => {
  const [name, list] = account.split('=');
  return [name, list ? list.split(',') : []];
}));

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'tollgate',
      client_secret: 'the secret of the gateway',
      redirect_uris: [redirect],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    }],
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, groups: groups.get(id) ?? [] }),
    }),
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
