// A second translation unit that includes finaut.hpp, for life.cpp: what one of them makes, the other must understand.
#ifndef OTHER_UNIT_HPP
#define OTHER_UNIT_HPP

#include <finaut.hpp>

namespace other_unit {

std::string user(const finaut::client &client, const std::string &args_json);
finaut::client made(const std::string &config_json);
std::string (*version())();

} // namespace other_unit

#endif
