import datetime
import finaut

# Credentials: FINAUT_CLIENT_ID and FINAUT_CLIENT_SECRET in the environment, or client_id=… and client_secret=… here.
with finaut.Client() as client:
    try:
        print(client.users.get(employee_alias="E1001")["last_name"])
    except finaut.NotFoundError as error:
        print(error)
    for result in client.results.iterate(from_date=datetime.date(2026, 11, 1)):
        print(result["exam_name"], result["score"])
