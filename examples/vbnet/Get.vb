' Retrieves one person with finaut, in VB.NET (2008 or newer), without the C# assembly.
'
' Replies are IntPtr, never String: the marshaller would free the pointer with another allocator than the library's. Text is
' UTF-8, so it goes over as bytes; Marshal.PtrToStringAnsi would read it in the machine's own encoding. On Windows the library
' is finaut.dll, of the program's own bitness (an AnyCPU program picks one at run time: set the platform).
Imports Microsoft.VisualBasic
Imports System
Imports System.Runtime.InteropServices
Imports System.Text

Module Program
    Private Const Library As String = "finaut"

    <DllImport(Library, CallingConvention:=CallingConvention.Cdecl)> _
    Private Function finaut_client_new(ByVal config As Byte(), ByRef client As IntPtr, ByRef reply As IntPtr) As Integer
    End Function

    <DllImport(Library, CallingConvention:=CallingConvention.Cdecl)> _
    Private Sub finaut_client_free(ByVal client As IntPtr)
    End Sub

    <DllImport(Library, CallingConvention:=CallingConvention.Cdecl)> _
    Private Function finaut_users_get(ByVal client As IntPtr, ByVal args As Byte(), ByRef reply As IntPtr) As Integer
    End Function

    <DllImport(Library, CallingConvention:=CallingConvention.Cdecl)> _
    Private Function finaut_json_get(ByVal json As IntPtr, ByVal pointer As Byte(), ByRef value As IntPtr) As Integer
    End Function

    <DllImport(Library, CallingConvention:=CallingConvention.Cdecl)> _
    Private Sub finaut_string_free(ByVal text As IntPtr)
    End Sub

    ''' <summary>Text as C has it: UTF-8 with a zero byte at its end.</summary>
    Private Function Utf8(ByVal text As String) As Byte()
        Return Encoding.UTF8.GetBytes(text & ChrW(0))
    End Function

    ''' <summary>A value of a JSON text, which is still the library's; Nothing where there is none.</summary>
    Private Function JsonGet(ByVal json As IntPtr, ByVal pointer As String) As String
        Dim value As IntPtr = IntPtr.Zero
        Dim code As Integer = finaut_json_get(json, Utf8(pointer), value)
        Try
            If code <> 0 Then Return Nothing
            Dim length As Integer = 0
            While Marshal.ReadByte(value, length) <> 0
                length += 1
            End While
            Dim bytes(length - 1) As Byte
            Marshal.Copy(value, bytes, 0, length)
            Return Encoding.UTF8.GetString(bytes)
        Finally
            finaut_string_free(value)
        End Try
    End Function

    ''' <summary>The person's last name, or why there is none.</summary>
    Private Function LastName(ByVal client As IntPtr, ByVal args As String) As String
        Dim reply As IntPtr = IntPtr.Zero
        Dim code As Integer = finaut_users_get(client, Utf8(args), reply)
        Try
            If code = 0 Then Return JsonGet(reply, "/last_name")
            Return JsonGet(reply, "/code")
        Finally
            finaut_string_free(reply)
        End Try
    End Function

    Function Main() As Integer
        Dim client As IntPtr = IntPtr.Zero
        Dim reply As IntPtr = IntPtr.Zero
        ' Credentials come from the environment; "{}" sets nothing.
        Dim code As Integer = finaut_client_new(Utf8("{}"), client, reply)
        If code <> 0 Then Console.Error.WriteLine(JsonGet(reply, "/message"))
        finaut_string_free(reply)
        If code <> 0 Then Return 1
        Console.OutputEncoding = New UTF8Encoding(False)
        Console.WriteLine(LastName(client, "{""employee_alias"": ""ANS-00004""}"))
        Console.WriteLine(LastName(client, "{""id"": 1}"))
        finaut_client_free(client)
        Return 0
    End Function
End Module
