{ Retrieves one person with finaut, in Pascal: Free Pascal as it stands, Delphi with 'finaut.dll' for the library's name.

  Strings are AnsiStrings with UTF-8 in them. Replies are taken as pointers, never as strings: only so can they be freed.
  Floating-point traps, which Pascal sets and C does not expect, are better off before a library of anybody's is called.

    fpc get.pas      (with an installed package; else -FlFOLDER, and LD_LIBRARY_PATH to run it) }
program get;
{$mode delphi}{$codepage utf8}

uses
  Math;

const
  Finaut = {$ifdef mswindows}'finaut.dll'{$else}'finaut'{$endif};

type
  TClient = type Pointer;

function finaut_client_new(config: PAnsiChar; out client: TClient; out reply: PAnsiChar): Integer; cdecl; external Finaut;
procedure finaut_client_free(client: TClient); cdecl; external Finaut;
function finaut_users_get(client: TClient; args: PAnsiChar; out reply: PAnsiChar): Integer; cdecl; external Finaut;
function finaut_json_get(json, path: PAnsiChar; out value: PAnsiChar): Integer; cdecl; external Finaut;
procedure finaut_string_free(text: PAnsiChar); cdecl; external Finaut;

{ A value of a JSON text; empty where there is none. }
function JsonGet(json, path: PAnsiChar): UTF8String;
var
  value: PAnsiChar;
begin
  Result := '';
  if finaut_json_get(json, path, value) = 0 then
    Result := value;
  finaut_string_free(value);
end;

{ The person's last name, or why there is none. }
function LastName(client: TClient; args: PAnsiChar): UTF8String;
var
  reply: PAnsiChar;
begin
  if finaut_users_get(client, args, reply) = 0 then
    Result := JsonGet(reply, '/last_name')
  else
    Result := JsonGet(reply, '/code');
  finaut_string_free(reply);
end;

var
  client: TClient;
  reply: PAnsiChar;
begin
  SetExceptionMask([exInvalidOp, exDenormalized, exZeroDivide, exOverflow, exUnderflow, exPrecision]);
  SetTextCodePage(Output, CP_UTF8);
  // Credentials come from the environment; '{}' sets nothing.
  if finaut_client_new('{}', client, reply) <> 0 then
  begin
    WriteLn(JsonGet(reply, '/message'));
    finaut_string_free(reply);
    Halt(1);
  end;
  finaut_string_free(reply);
  WriteLn(LastName(client, '{"employee_alias": "ANS-00004"}'));
  WriteLn(LastName(client, '{"id": 1}'));
  finaut_client_free(client);
end.
