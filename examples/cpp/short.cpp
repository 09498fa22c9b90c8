#include <finaut.hpp>
#include <iostream>

int main()
{
    try {
        // Credentials: FINAUT_CLIENT_ID and FINAUT_CLIENT_SECRET in the environment, or in this JSON.
        finaut::client client("{\"max_wait_s\": 30}");
        std::string user = client.users().get("{\"employee_alias\": \"ANS-00004\"}");
        std::cout << finaut::json_get(user, "/last_name") << "\n";
    } catch (const finaut::not_found_error &) {
        std::cout << "nobody\n";
    } catch (const finaut::error &e) {
        std::cerr << e.code() << ": " << e.what() << "\n";
        return 1;
    }
}
