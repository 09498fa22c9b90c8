      *> Retrieves one person with finaut, in COBOL (GnuCOBOL; fixed
      *> format, so that it compiles as everything else does).
      *>
      *> Texts go to C with X"00" at their end, and come back as
      *> pointers: lay a BASED item over one, read up to X"00", and
      *> give the pointer to finaut_string_free, once.
      *> Link with -fstatic-call -lfinaut, or let the runtime load the
      *> library: COB_PRE_LOAD=libfinaut, with COB_LIBRARY_PATH.
      *> The library answers in the host's encoding: the configuration
      *> {"encoding": "windows-1252"} spares a host UTF-8.
      *>
      *>   cobc -x -fstatic-call get.cob -lfinaut
      *>
      *> (with an installed package; else -L FOLDER, and LD_LIBRARY_PATH)
       IDENTIFICATION DIVISION.
       PROGRAM-ID. GET-PERSON.
       DATA DIVISION.
       WORKING-STORAGE SECTION.
       01  RC                  BINARY-LONG.
       01  CLIENT              USAGE POINTER.
       01  REPLY               USAGE POINTER.
       01  REPLY-VALUE         USAGE POINTER.
       01  ARGS                PIC X(200).
       01  JSON-POINTER        PIC X(40).
       01  RESULT              PIC X(200).
       LINKAGE SECTION.
       01  C-STRING            PIC X(1000000) BASED.
       PROCEDURE DIVISION.
       MAIN-PROGRAM.
      *> Credentials come from the environment; "{}" sets nothing.
           MOVE Z"{}" TO ARGS
           CALL "finaut_client_new" USING BY REFERENCE ARGS
               BY REFERENCE CLIENT BY REFERENCE REPLY
               RETURNING RC
           IF RC NOT = 0
               PERFORM SHOW-ERROR
               STOP RUN RETURNING 1
           END-IF
           CALL "finaut_string_free" USING BY VALUE REPLY
               RETURNING OMITTED

           MOVE Z'{"employee_alias": "ANS-00004"}' TO ARGS
           PERFORM GET-USER
           MOVE Z'{"id": 1}' TO ARGS
           PERFORM GET-USER

           CALL "finaut_client_free" USING BY VALUE CLIENT
               RETURNING OMITTED
           STOP RUN.

       GET-USER.
           CALL "finaut_users_get" USING BY VALUE CLIENT
               BY REFERENCE ARGS BY REFERENCE REPLY
               RETURNING RC
           IF RC = 0
               MOVE Z"/last_name" TO JSON-POINTER
               PERFORM SHOW-VALUE
           ELSE
               PERFORM SHOW-ERROR
           END-IF
           CALL "finaut_string_free" USING BY VALUE REPLY
               RETURNING OMITTED.

      *> An error's JSON has "code" and "message", and more.
       SHOW-ERROR.
           MOVE Z"/code" TO JSON-POINTER
           PERFORM SHOW-VALUE.

       SHOW-VALUE.
           CALL "finaut_json_get" USING BY VALUE REPLY
               BY REFERENCE JSON-POINTER BY REFERENCE REPLY-VALUE
               RETURNING RC
           SET ADDRESS OF C-STRING TO REPLY-VALUE
           MOVE SPACES TO RESULT
           STRING C-STRING DELIMITED BY X"00" INTO RESULT
           CALL "finaut_string_free" USING BY VALUE REPLY-VALUE
               RETURNING OMITTED
           DISPLAY FUNCTION TRIM(RESULT TRAILING).
