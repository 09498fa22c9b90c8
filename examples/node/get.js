// Retrieves one person with finaut, in Node.js with koffi (npm ci in this folder installs it).
//
// Replies are 'void *', never 'str': koffi would copy the text and forget the pointer, which must be freed. A call blocks its
// thread; in a server use finaut_users_get.async(…), which runs it on another. The library is found as any is (ldconfig,
// LD_LIBRARY_PATH), or give koffi.load its path.
'use strict';
const koffi = require('koffi');

const library = koffi.load('libfinaut.so.1');
const clientNew = library.func('int32_t finaut_client_new(const char *config, _Out_ void **client, _Out_ void **reply)');
const clientFree = library.func('void finaut_client_free(void *client)');
const usersGet = library.func('int32_t finaut_users_get(void *client, const char *args, _Out_ void **reply)');
const stringFree = library.func('void finaut_string_free(void *string)');

/** Takes what the library gave into `out`: its value, freed. */
function taken(out) {
  const text = koffi.decode(out[0], 'char', -1);
  stringFree(out[0]);
  return JSON.parse(text);
}

/** The person's last name, or why there is none. */
function lastName(client, args) {
  const out = [null];
  const code = usersGet(client, JSON.stringify(args), out);
  const reply = taken(out);
  return code === 0 ? reply.last_name : reply.code;
}

const client = [null];
const out = [null];
// Credentials come from the environment; '{}' sets nothing.
const code = clientNew('{}', client, out);
const reply = taken(out);
if (code !== 0) {
  throw new Error(reply.message);
}
console.log(lastName(client[0], { employee_alias: 'ANS-00004' }));
console.log(lastName(client[0], { id: 1 }));
clientFree(client[0]);
