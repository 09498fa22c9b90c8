-- Retrieves one person with finaut, in LuaJIT (plain Lua has no FFI).
--
-- ffi.string copies a reply; the pointer must still be freed, best at once as below. What a JSON library would do,
-- finaut_json_get does for one value at a time. The library is found as any is (ldconfig, LD_LIBRARY_PATH).
local ffi = require("ffi")

ffi.cdef([[
typedef struct finaut_client finaut_client;
int32_t finaut_client_new(const char *config_json, finaut_client **client, char **reply);
void finaut_client_free(finaut_client *client);
int32_t finaut_users_get(finaut_client *client, const char *args_json, char **reply);
int32_t finaut_json_get(const char *json, const char *pointer, char **value);
void finaut_string_free(char *string);
]])
local finaut = ffi.load("libfinaut.so.1")

-- The string that the library gave out, as Lua's own.
local function taken(given)
    local text = ffi.string(given[0])
    finaut.finaut_string_free(given[0])
    return text
end

-- A value of a JSON text, or nil where there is none.
local function json_get(json, pointer)
    local value = ffi.new("char *[1]")
    local code = finaut.finaut_json_get(json, pointer, value)
    local text = taken(value)
    return code == 0 and text or nil
end

-- The person's last name, or why there is none.
local function last_name(client, args)
    local reply = ffi.new("char *[1]")
    local code = finaut.finaut_users_get(client, args, reply)
    return json_get(taken(reply), code == 0 and "/last_name" or "/code")
end

local client, reply = ffi.new("finaut_client *[1]"), ffi.new("char *[1]")
-- Credentials come from the environment; "{}" sets nothing.
local code = finaut.finaut_client_new("{}", client, reply)
local text = taken(reply)
if code ~= 0 then
    error(json_get(text, "/message"), 0)
end
print(last_name(client[0], '{"employee_alias": "ANS-00004"}'))
print(last_name(client[0], '{"id": 1}'))
finaut.finaut_client_free(client[0])
