// A program that was made for another interface than the loaded library has: the client says so and makes nothing.
#include <finaut.h>

#undef FINAUT_ABI_VERSION
#define FINAUT_ABI_VERSION 999

#include <finaut.hpp>
#include <iostream>

int main()
{
    try {
        finaut::client client("{}");
    } catch (const finaut::config_error &e) {
        std::cout << e.message() << "\n";
        return e.message().find("999") != std::string::npos && e.message().find(finaut::version()) != std::string::npos ? 0 : 1;
    }
    return 2;
}
