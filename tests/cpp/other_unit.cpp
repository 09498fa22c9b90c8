// A second translation unit that includes finaut.hpp.
#include "other_unit.hpp"

std::string other_unit::user(const finaut::client &client, const std::string &args_json)
{
    return client.users().get(args_json);
}

finaut::client other_unit::made(const std::string &config_json)
{
    return finaut::client(config_json);
}

std::string (*other_unit::version())()
{
    return finaut::version;
}
