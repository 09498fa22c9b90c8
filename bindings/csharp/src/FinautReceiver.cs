using System;

namespace Finaut
{
    /// <summary>
    /// An HTTP server that receives webhooks and the link flow's callbacks, for programs that have none.
    /// <see cref="FinautClient.StartReceiver(ReceiverOptions)"/> makes one; it listens until it is disposed of.
    /// </summary>
    public sealed class FinautReceiver : IDisposable
    {
        private readonly ReceiverHandle handle;

        internal FinautReceiver(ClientHandle client, string configJson)
        {
            byte[] config = Utf8.ToNative(configJson, nameof(configJson));
            ReceiverHandle made = null;
            Native.Take((out IntPtr reply) => Native.finaut_receiver_start(client, config, out made, out reply));
            handle = made;
        }

        /// <summary>Tells how it fares, as JSON: {"address", "urls", "accepted", "refused", "failed", "trouble"}.</summary>
        /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
        public string Status()
        {
            if (handle.IsClosed)
            {
                throw new ObjectDisposedException(nameof(FinautReceiver));
            }
            return Native.Take((out IntPtr reply) => Native.finaut_receiver_status(handle, out reply));
        }

        /// <summary>Stops it: whoever is being answered is answered (within 3 s). Doing it twice does nothing.</summary>
        public void Dispose()
        {
            handle.Dispose();
        }
    }
}
