"""Whether a micro-credential pays for itself: what is put in, what comes out, and what it hangs on."""
